import { rmSync } from 'node:fs'
import { inParallel } from '../base/in-parallel.js'
import { assembleImage } from '../build/image/assemble-image.js'
import type { BuiltImage } from '../build/image/built-image.js'
import { epoch } from '../build/image/epoch.js'
import { rememberImage } from '../build/solve/image-record.js'
import type { SolvedImage } from '../build/solve/solved-image.js'
import { adoptBlob, blobPath, hasBlob, putBlob } from '../build/store/blob-store.js'
import { hold } from '../build/store/held.js'
import type { Session } from '../build/store/session.js'
import type { Store } from '../build/store/store.js'
import type { Descriptor } from '../oci/descriptor.js'
import { type Digest, sha256 } from '../oci/digest.js'
import { type OnBytes, pullBlob } from '../oci/registry/pull-blob.js'
import { pullDocuments, type PulledDocuments } from '../oci/registry/pull-image.js'
import type { Repository } from '../oci/registry/repository.js'
import { PublishError } from './publish-error.js'

/** Where taken images go. */
export interface Taking {
  readonly store: Store
  readonly session: Session
  readonly onBytes?: OnBytes
}

/** Layers at a time. */
const LAYERS = 4

/**
 * Takes a published image into the store, as the result of the definition at hand. Everything but the
 * content of its layers follows from the definition, so that is made again here, and has to come out with
 * the digest that is asked for: another definition's image is refused before a layer is pulled.
 * @throws PublishError `preseed/other-definition`; RegistryError; OciError; HttpError
 */
export async function takeImage(
  { store, session, onBytes }: Taking,
  repository: Repository,
  solved: SolvedImage,
  digest: Digest
): Promise<BuiltImage> {
  const documents = await pullDocuments(repository, digest, session.folder)
  const expected = imageOf(solved, documents, (text) => sha256(text))
  if (expected.manifest.digest !== digest) {
    throw otherDefinition(solved, digest, expected.manifest.digest)
  }
  const layers = expected.layers.map(({ descriptor }) => descriptor)
  await inParallel(distinct(layers), LAYERS, (layer) => {
    return takeBlob(
      { store, session, ...(onBytes === undefined ? {} : { onBytes }) },
      repository,
      layer
    )
  })
  const image = imageOf(solved, documents, (text) => putBlob(store, session, text))
  const preseeded = { ...image, preseeded: true }
  rememberImage(store, session, solved.key, preseeded)
  return preseeded
}

/** The image that the definition gives with the layers that were published. */
function imageOf(
  { platform, target, base, history, annotations }: SolvedImage,
  { manifest, config }: PulledDocuments,
  put: (text: string) => Digest
): BuiltImage {
  const layers = manifest.layers.flatMap(({ digest, size }, index) => {
    const diffId = config.diffIds[index]
    return diffId === undefined ? [] : [{ digest, size, diffId }]
  })
  return assembleImage(
    {
      platform,
      ...(target.state.author === undefined ? {} : { author: target.state.author }),
      config: target.state.config,
      epoch,
      ...(base === undefined ? {} : { base }),
      history,
      layers: layers.slice(base?.layers.length ?? 0),
      annotations
    },
    put
  )
}

async function takeBlob(
  { store, session, onBytes }: Taking,
  repository: Repository,
  descriptor: Descriptor
): Promise<void> {
  const { digest, size } = descriptor
  hold(session, digest, blobPath(store, digest))
  if (hasBlob(store, digest, size)) return
  const file = session.next('taken')
  await pullBlob(repository, descriptor, file, onBytes)
  adoptBlob(store, file, digest)
  rmSync(file)
}

function distinct(layers: readonly Descriptor[]): Descriptor[] {
  return [...new Map(layers.map((layer) => [layer.digest, layer])).values()]
}

function otherDefinition(solved: SolvedImage, digest: Digest, found: Digest): PublishError {
  return new PublishError(
    'preseed/other-definition',
    `the published image ${solved.request.name} was made of another definition`,
    {
      where: solved.request.containerfileLabel,
      expected: digest,
      found: `${found}, by this definition with the same layers`,
      hint: 'build it instead; or check out the release that digests/ belongs to'
    }
  )
}
