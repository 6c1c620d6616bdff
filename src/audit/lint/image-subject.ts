import type { ByteString } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import type { ImageFile } from '../../oci/image-tree.js'
import type { ContentFacts } from './content-facts.js'

/** The files of a built image, as rules look at them. */
export interface ImageSubject {
  /** By path without a slash in front. */
  readonly files: ReadonlyMap<ByteString, ImageFile>
  /** What is known of contents, by digest; files of which nothing is to be said are not in it. */
  readonly contents: ReadonlyMap<Digest, ContentFacts>
  /** Names, without folders, of the files of all images that this one is built from. */
  readonly companions: ReadonlySet<ByteString>
}

/** Regular files with what is known of their contents. */
export function* knownContents(
  subject: ImageSubject
): Iterable<{ readonly file: ImageFile; readonly facts: ContentFacts }> {
  for (const file of subject.files.values()) {
    const facts = file.digest === undefined ? undefined : subject.contents.get(file.digest)
    if (facts !== undefined) yield { file, facts }
  }
}
