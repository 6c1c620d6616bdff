/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is in range by construction */
import type { BlockAssembler } from './block-assembler.js'
import { Matcher, MatcherMemory } from './matcher.js'
import type { MatchedSection, Section } from './section.js'
import { tokenLength } from './token.js'
import { isSensitive, type WindowSchedule } from './window-schedule.js'

/** So many places are visited at once. */
const stride = 256

/**
 * Joins the tokens of sections that were matched by themselves to those of the whole stream.
 *
 * What is chosen after the end of a token depends on its position and the bytes before, not on the tokens
 * before. So where the tokens so far and those of the next section have an end in common, they agree from
 * there on; up to there the section is matched again. Usually that is within a few tokens; in the worst
 * case, as with runs of one byte, the whole section is matched again.
 */
export class Stitcher {
  readonly #assembler: BlockAssembler
  readonly #schedule: WindowSchedule
  readonly #memory = new MatcherMemory(stride + 1)
  /** The position in the stream at which the tokens so far end. */
  #position = 0

  constructor(assembler: BlockAssembler, schedule: WindowSchedule) {
    this.#assembler = assembler
    this.#schedule = schedule
  }

  /** Appends the tokens of the next section, as {@link matchSection} found them. */
  append(section: Section, { tokens, end }: MatchedSection): void {
    const found = new TokenEnds(tokens, section.start)
    const isJoined = found.isEnd(this.#position - section.origin) || this.#bridge(section, found)
    if (!isJoined) return
    this.#assembler.append(tokens.subarray(found.count), section)
    this.#position = section.origin + end
  }

  /** Matches and appends the last section, up to the end of the stream. */
  finish(section: Section): void {
    const { bytes, origin, end } = section
    const from = this.#position - origin
    const matcher = new Matcher(bytes, origin, this.#schedule, this.#memory)
    matcher.startAt(from)
    while (matcher.place < end) {
      matcher.advance(Math.min(matcher.place + stride, end), end)
      this.#assembler.append(matcher.takeTokens(), section)
    }
    matcher.finish()
    this.#assembler.append(matcher.takeTokens(), section)
    this.#assembler.flush(section)
  }

  /**
   * Matches on from where the tokens so far end to the first end that is also one of `found`.
   * @returns whether there is one; if not, the whole section was matched here
   */
  #bridge(section: Section, found: TokenEnds): boolean {
    const { bytes, origin, stop, end } = section
    const matcher = new Matcher(bytes, origin, this.#schedule, this.#memory)
    matcher.startAt(this.#position - origin)
    while (matcher.place <= stop) {
      matcher.advance(Math.min(matcher.place + stride, stop + 1), end)
      const tokens = matcher.takeTokens()
      const count = found.firstCommon(tokens, this.#position - origin, origin)
      this.#take(section, tokens.subarray(0, count ?? tokens.length))
      if (count !== undefined) return true
    }
    return false
  }

  #take(section: Section, tokens: Int32Array): void {
    for (const token of tokens) this.#position += tokenLength(token)
    this.#assembler.append(tokens, section)
  }
}

/** The places at which the tokens of a section end, gone through once in rising order. */
class TokenEnds {
  /** How many tokens end at or before {@link place}. */
  count = 0
  readonly #tokens: Int32Array
  #place: number

  constructor(tokens: Int32Array, start: number) {
    this.#tokens = tokens
    this.#place = start
  }

  /** Whether a token ends at `place` (or the first begins there). */
  isEnd(place: number): boolean {
    while (this.#place < place && this.count < this.#tokens.length) {
      this.#place += tokenLength(this.#tokens[this.count++]!)
    }
    return this.#place === place
  }

  /** How many of `tokens`, the first of which begins at `place`, lead to a common end; undefined if none do. */
  firstCommon(tokens: Int32Array, place: number, origin: number): number | undefined {
    for (let count = 0; count < tokens.length;) {
      place += tokenLength(tokens[count++]!)
      if (this.isEnd(place) && !isSensitive(origin + place)) return count
    }
    return undefined
  }
}
