import { Matcher } from './matcher.js'
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
}

/**
 * Matches a section as if the stream before it had a token end at its start. The last token ends at `stop` or
 * behind it. What is found is what the whole stream's tokens are from the first common end of a token on.
 */
export function matchSection(section: Section): Int32Array {
  const { bytes, origin, start, stop, end } = section
  const schedule = new WindowSchedule(section.writeEnds)
  const matcher = new Matcher(bytes, origin, schedule, stop - start + 1)
  matcher.startAt(start)
  matcher.advance(stop + 1, end)
  return matcher.takeTokens().slice()
}
