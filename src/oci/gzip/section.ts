import { Matcher, MatcherMemory } from './matcher.js'
import { WindowSchedule } from './window-schedule.js'

/** A part of the stream that can be matched by itself, on another thread. Places count in `bytes`. */
export interface Section {
  /** What is matched, with what matches may reach before it, and what has to be known after it. */
  readonly bytes: Uint8Array
  /** The position in the stream of the first byte. */
  readonly origin: number
  /** What is matched: from `start` up to `stop`. */
  readonly start: number
  readonly stop: number
  /** Where the content ends: comfortably behind `stop`. */
  readonly end: number
  /** The write ends that matter here (see {@link WindowSchedule}). */
  readonly writeEnds: readonly number[]
  /** One number in shared memory: 0 until somebody begins with the section. */
  readonly claimed: Int32Array
}

/** What is found in a section. */
export interface MatchedSection {
  readonly tokens: Int32Array
  /** Where the last token ends: at the section's `stop`, or behind it. */
  readonly end: number
}

/**
 * Matches a section as if the stream before it had the end of a token at its start. From the first end of a token
 * on that this and the whole stream have in common, they are the same.
 */
export function matchSection(section: Section): MatchedSection {
  const { bytes, origin, start, stop, end } = section
  const schedule = new WindowSchedule(section.writeEnds)
  const matcher = new Matcher(bytes, origin, schedule, memoryFor(stop - start + 1))
  matcher.startAt(start)
  matcher.advance(stop + 1, end)
  return { tokens: matcher.takeTokens().slice(), end: matcher.boundary }
}

let memory = new MatcherMemory(0)

/** The thread's own memory: sections are matched one after the other. */
function memoryFor(tokenRoom: number): MatcherMemory {
  if (memory.tokens.length < tokenRoom) memory = new MatcherMemory(tokenRoom)
  return memory
}
