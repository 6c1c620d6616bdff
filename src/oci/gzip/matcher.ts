/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is in range by construction */
import { shortestEncodable } from './symbols.js'
import { literalToken, matchToken, type Token } from './token.js'
import { comfortable, reach, type WindowSchedule } from './window-schedule.js'

const shortestMatch = 4
const longestMatch = 258
/** A match this long is taken without looking for a better one at the position after it. */
const goodExcess = 16 - shortestEncodable
/** A match this long ends the search. */
const nice = 128
const mostTries = 128
/** A match of the shortest length is worth its bits only this near. */
const shortestMatchReach = 4096
const reachMask = reach - 1
/** Stands for every distance beyond the reach. */
const outOfReach = 65535
const hashBits = 17
/** Places in the table are rebased before they get larger than this. */
const largestBase = 1 << 30

/** What a matcher works with, to be used by one after another: it is large, and costly to make and to drop. */
export class MatcherMemory {
  /** For each hash the last place that had it, plus the matcher's base; 0 for none. */
  readonly head = new Int32Array(1 << hashBits)
  /** For each place, modulo the reach, how far back the one before it in its chain is. */
  readonly back = new Uint16Array(reach)
  /** The tokens found and not yet taken away. */
  readonly tokens: Int32Array

  /** @param tokenRoom the most tokens that are found before they are taken away: one for each place visited */
  constructor(tokenRoom: number) {
    this.tokens = new Int32Array(tokenRoom)
  }
}

/**
 * Turns bytes into literals and matches: the string matcher of DEFLATE with hash chains and lazy evaluation,
 * in exactly the choices of the canonical format (docs/format.md, "Matches").
 *
 * It works on a part of the stream in a buffer, on places in that buffer; what it finds at a place depends
 * on the bytes up to the reach before it and on the window's schedule, not on where it began.
 */
export class Matcher {
  readonly #tokens: Int32Array
  #tokenCount = 0
  readonly #view: DataView
  readonly #schedule: WindowSchedule
  readonly #head: Int32Array
  readonly #back: Uint16Array
  #base = 1
  /** The position in the stream of the buffer's first byte. */
  #origin: number
  /** The next place to visit, and the one visited last. */
  #place = 0
  #previous = -1
  /** The first place in the window, and the one at which it may move. */
  #windowStart = 0
  #nextMove = 0
  /** The match found at the place visited last; 0 for none. */
  #match: Token = 0
  /** Whether the byte before this place is in no token yet. */
  #pending = false

  /**
   * @param bytes the buffer; its content may change where {@link advance} has not been yet
   * @param origin the position in the stream of its first byte
   * @param memory used by no other matcher from now on
   */
  constructor(bytes: Uint8Array, origin: number, schedule: WindowSchedule, memory: MatcherMemory) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#origin = origin
    this.#schedule = schedule
    this.#head = memory.head.fill(0)
    this.#back = memory.back
    this.#tokens = memory.tokens
  }

  /** The first place whose byte is in no token. */
  get boundary(): number {
    return this.#pending ? this.#place - 1 : this.#place
  }

  /** The next place to visit. */
  get place(): number {
    return this.#place
  }

  /** The tokens found since the last call, to be used before the next {@link advance}. */
  takeTokens(): Int32Array {
    const found = this.#tokens.subarray(0, this.#tokenCount)
    this.#tokenCount = 0
    return found
  }

  /** Begins at `place`, knowing what the reach before it holds. */
  startAt(place: number): void {
    const from = Math.max(place - reach, 0)
    this.#insertRange(from, place)
    this.#place = place
    this.#previous = place - 1
  }

  /**
   * Visits the places below `until`.
   * @param end where the buffer's content ends: 262 or more places after all that are visited, unless the
   *   stream ends there
   */
  advance(until: number, end: number): void {
    const lastInsert = end - shortestMatch + 1
    let place = this.#place
    while (place < until) {
      if (place >= this.#nextMove) this.#moveWindow(place)
      const earlier = this.#match
      const earlierExcess = earlier >> 16
      let match: Token = 0
      if (place < lastInsert) {
        const candidate = this.#insert(place)
        const worthwhile =
          earlierExcess < goodExcess && end - place > earlierExcess + shortestEncodable
        if (worthwhile) match = this.#longestMatch(place, candidate, end - place)
      }
      this.#previous = place
      if (earlierExcess > 0 && match >> 16 <= earlierExcess) {
        const next = place + earlierExcess + shortestEncodable - 1
        this.#insertRange(place + 1, Math.min(next, lastInsert))
        place = next
        this.#match = 0
        this.#pending = false
        this.#tokens[this.#tokenCount++] = earlier
      } else {
        if (this.#pending) this.#appendLiteral(place - 1)
        place++
        this.#match = match
        this.#pending = true
      }
    }
    this.#place = place
  }

  /** At the end of the stream: appends the byte that is in no token. */
  finish(): void {
    if (this.#pending) this.#appendLiteral(this.#place - 1)
    this.#pending = false
  }

  /** The content of the buffer was moved down by `distance`, a multiple of the reach. */
  moveDown(distance: number): void {
    this.#origin += distance
    this.#place -= distance
    this.#previous -= distance
    this.#windowStart -= distance
    this.#nextMove -= distance
    this.#base += distance
    if (this.#base > largestBase) this.#rebase()
  }

  #rebase(): void {
    const head = this.#head
    const excess = this.#base - 1
    this.#base = 1
    for (let i = 0; i < head.length; i++) head[i] = Math.max(head[i]! - excess, 0)
  }

  #moveWindow(place: number): void {
    const start = this.#schedule.startAt(this.#origin + place, this.#origin + this.#previous)
    this.#windowStart = start - this.#origin
    this.#nextMove = this.#windowStart + 2 * reach - comfortable
  }

  #appendLiteral(place: number): void {
    this.#tokens[this.#tokenCount++] = literalToken(this.#view.getUint8(place))
  }

  /** Makes `place` the head of its chain; returns the head before, negative when there is none. */
  #insert(place: number): number {
    const slot = hash(this.#view.getUint32(place))
    const last = this.#head[slot]! - this.#base
    this.#head[slot] = place + this.#base
    const distance = place - last
    this.#back[place & reachMask] = distance > reach ? outOfReach : distance
    return last
  }

  #insertRange(from: number, to: number): void {
    const view = this.#view
    const head = this.#head
    const back = this.#back
    const base = this.#base
    for (let place = from; place < to; place++) {
      const slot = hash(view.getUint32(place))
      const distance = place + base - head[slot]!
      head[slot] = place + base
      back[place & reachMask] = distance > reach ? outOfReach : distance
    }
  }

  /** The longest match for `place` along its chain, as a token, or 0 when there is none worth taking. */
  #longestMatch(place: number, candidate: number, ahead: number): Token {
    const view = this.#view
    const back = this.#back
    const farthest = Math.max(place - reach, this.#windowStart)
    const limit = ahead < longestMatch ? ahead : longestMatch
    const enough = ahead < nice ? ahead : nice
    let best = shortestMatch - 1
    let token: Token = 0
    // The last four bytes that a better match has to have: most candidates fail here.
    let needed = view.getInt32(place, true)
    for (let tries = mostTries; tries > 0 && candidate >= farthest; tries--) {
      if (view.getInt32(candidate + best - 3, true) === needed) {
        const length = commonLength(view, candidate, place, limit)
        if (length > best) {
          // Too far for its length, and so are all that follow: from here on it takes one more.
          best = length
          if (length > shortestMatch || place - candidate <= shortestMatchReach) {
            token = matchToken(length, place - candidate)
            if (length >= enough) break
          }
          needed = view.getInt32(place + best - 3, true)
        }
      }
      candidate -= back[candidate & reachMask]!
    }
    return token
  }
}

/** A multiplicative hash of four bytes. */
function hash(fourBytes: number): number {
  return Math.imul(fourBytes, 0x1e35a7bd) >>> (32 - hashBits)
}

/** How many bytes, at most `limit`, are the same from `a` and from `b` on. */
function commonLength(view: DataView, a: number, b: number, limit: number): number {
  let length = 0
  for (; length + 4 <= limit; length += 4) {
    const difference = view.getInt32(a + length) ^ view.getInt32(b + length)
    if (difference !== 0) return length + (Math.clz32(difference) >> 3)
  }
  while (length < limit && view.getUint8(a + length) === view.getUint8(b + length)) length++
  return length
}
