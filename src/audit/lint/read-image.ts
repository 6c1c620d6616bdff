import type { ByteString } from '../../base/byte-string.js'
import type { BuiltImage } from '../../build/image/built-image.js'
import { blobPath } from '../../build/store/blob-store.js'
import type { Store } from '../../build/store/store.js'
import { type ImageFile, readImageTree } from '../../oci/image-tree.js'
import { ContentCollector, type ContentFacts } from './content-facts.js'
import type { ImageSubject } from './image-subject.js'

/** Reads the layers of built images, each image's file names once. */
export class ImageReader {
  readonly #store: Store
  readonly #names = new Map<string, Promise<ReadonlySet<ByteString>>>()

  constructor(store: Store) {
    this.#store = store
  }

  /**
   * Reads an image's files and what is to be known of their contents.
   * @param traces texts to look for; one that ends in a slash and names a folder of the image is none
   * @param companions what the image is built from
   * @throws OciError where a layer is not what its digest says
   */
  async read(
    image: BuiltImage,
    traces: readonly string[],
    companions: readonly BuiltImage[]
  ): Promise<ImageSubject> {
    const collector = new ContentCollector(traces)
    const files = await readImageTree(this.#layersOf(image), collector.reader)
    const contents = new Map(
      [...collector.facts].map(([digest, facts]) => [digest, withoutOwn(facts, files)])
    )
    const isDynamic = [...contents.values()].some(({ elf }) => elf && elf.needed.length > 0)
    const names = isDynamic ? await Promise.all(companions.map((each) => this.#namesOf(each))) : []
    return { files, contents, companions: new Set(names.flatMap((each) => [...each])) }
  }

  /** The names of an image's files, without their folders. */
  #namesOf(image: BuiltImage): Promise<ReadonlySet<ByteString>> {
    const { digest } = image.manifest
    const known = this.#names.get(digest) ?? this.#readNames(image)
    this.#names.set(digest, known)
    return known
  }

  async #readNames(image: BuiltImage): Promise<ReadonlySet<ByteString>> {
    const files = await readImageTree(this.#layersOf(image))
    return new Set([...files.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1)))
  }

  #layersOf({ layers }: BuiltImage): Parameters<typeof readImageTree>[0] {
    return {
      layers: layers.map(({ descriptor, diffId }) => {
        return { descriptor, diffId, path: blobPath(this.#store, descriptor.digest) }
      })
    }
  }
}

/** A folder of the build that the image has, too, is no trace of the build. */
function withoutOwn(facts: ContentFacts, files: ReadonlyMap<ByteString, ImageFile>): ContentFacts {
  const mentions = facts.mentions.filter((text) => {
    return !text.endsWith('/') || !files.has(text.slice(1, -1))
  })
  return { ...facts, mentions }
}
