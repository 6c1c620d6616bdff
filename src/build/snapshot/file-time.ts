import { lutimesSync } from 'node:fs'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { FileFacts } from './file-facts.js'

/**
 * Gives a file (a link itself, not what it points to) the modification time in `facts`. Node takes seconds
 * as a floating-point number, whose error is below half a microsecond; the middle of the microsecond keeps
 * the time within it, and whole seconds stay whole. A negative number would be taken for the present, the
 * text of one is not.
 */
export function setTime(file: ByteString, facts: Pick<FileFacts, 'seconds' | 'nanoseconds'>): void {
  const microseconds = Math.floor(facts.nanoseconds / 1000)
  const fraction = facts.nanoseconds === 0 ? 0 : (microseconds + 0.5) / 1e6
  const time = String(facts.seconds + fraction)
  lutimesSync(fsPath(file), time, time)
}
