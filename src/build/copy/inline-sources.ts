import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import type { InlineFile } from '../../containerfile/step.js'
import { sha256 } from '../../oci/digest.js'
import { setTime } from '../snapshot/file-time.js'
import type { Session } from '../store/session.js'
import type { CopySource } from './copy-source.js'
import { everything } from './path-filter.js'

/** Here-documents become files (0644) that are copied like any other. */
export function inlineSources(
  { session, epoch }: { readonly session: Session; readonly epoch: number },
  files: readonly InlineFile[]
): CopySource[] {
  if (files.length === 0) return []
  const folder = session.next('inline')
  mkdirSync(folder)
  return files.map((file) => {
    const path = bytesOfText(file.name)
    writeFileSync(join(folder, file.name), file.content, { flag: 'wx', mode: 0o644 })
    setTime(join(bytesOfText(folder), path), { seconds: epoch, nanoseconds: fractionOf(file) })
    return { root: bytesOfText(folder), path, name: path, includes: everything, choice: {} }
  })
}

/**
 * BuildKit makes equal here-documents once for a build, so their times are equal, and others' are not: a
 * COPY of one over itself changes nothing. Here a time follows from name and content, on any day.
 * @returns nanoseconds, whole microseconds and never 0
 */
function fractionOf({ name, content }: InlineFile): number {
  const digest = sha256(JSON.stringify([name, content]))
  return ((Number.parseInt(digest.slice(-8), 16) % 999_999) + 1) * 1000
}
