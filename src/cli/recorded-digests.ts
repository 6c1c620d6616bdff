import type { ImageResult } from '../build/build-tree.js'
import { hexOf } from '../oci/digest.js'
import { digestFile, readDigestFile } from '../tree/digest-file.js'
import { splitFullName } from '../tree/full-name.js'

/** An image that came out with another digest than the tree's `digests/` has for it. */
export interface DigestMismatch {
  readonly image: string
  /** The file that says otherwise. */
  readonly file: string
  /** 64 hexadecimal digits. */
  readonly expected: string
  readonly found: string
}

/**
 * Compares what was built with what the tree records.
 * @throws TreeError `tree/bad-digest-file`
 */
export function digestMismatches(root: string, results: readonly ImageResult[]): DigestMismatch[] {
  return results.flatMap(({ name, outcome }) => {
    if (outcome.kind !== 'built' && outcome.kind !== 'cached') return []
    const digest = outcome.images[0]?.manifest.digest
    const file = digestFile(root, splitFullName(name).stage)
    const expected = readDigestFile(file).get(name)
    if (digest === undefined || expected === undefined || expected === hexOf(digest)) return []
    return [{ image: name, file, expected, found: hexOf(digest) }]
  })
}

/**
 * Reads what the tree records of images that are to be built: what is wrong with it is told before the work.
 * @throws TreeError `tree/bad-digest-file`
 */
export function checkRecords(root: string, images: readonly string[]): void {
  const stages = new Set(images.map((image) => splitFullName(image).stage))
  for (const stage of stages) readDigestFile(digestFile(root, stage))
}
