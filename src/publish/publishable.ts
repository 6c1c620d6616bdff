import type { BuiltImage } from '../build/image/built-image.js'
import { nestedIndex } from '../build/image/image-layout.js'
import { lookUpImages } from '../build/embedded-builder.js'
import { planBuild } from '../build/plan/plan.js'
import { blobPath, readBlob } from '../build/store/blob-store.js'
import { sessionName } from '../build/store/session.js'
import { openStore, type Store } from '../build/store/store.js'
import type { Blob, DocumentBlob } from '../oci/blob.js'
import type { Descriptor } from '../oci/descriptor.js'
import type { Digest } from '../oci/digest.js'
import type { PushableImage } from '../oci/registry/push-image.js'
import { digestFile, readDigestFile } from '../tree/digest-file.js'
import type { Tree } from '../tree/tree.js'
import { PublishError } from './publish-error.js'

/** An image of the tree, built, and the one that the tree's digests say it is. */
export interface Publishable {
  /** `<stage>-<name>` */
  readonly image: string
  readonly version?: string
  /** The manifest of each platform; what people sign. */
  readonly digests: readonly Digest[]
  /** What tags name: the manifest where there is one platform, else an index of them. */
  readonly named: DocumentBlob
  readonly platforms: readonly PushableImage[]
}

/**
 * Finds images in the store, ready to be pushed.
 * @throws PublishError `publish/not-built`, naming all that are not
 */
export function builtImages(tree: Tree, home: string, names: readonly string[]): Publishable[] {
  const store = openStore(home, sessionName(process.pid))
  const { requests } = planBuild(tree, names)
  const known = lookUpImages(store, requests)
  const wanted = requests.filter(({ name }) => names.includes(name))
  const missing = wanted.filter(({ name }) => !known.has(name)).map(({ name }) => name)
  const message = 'images are not built as they are defined now'
  refuse('publish/not-built', message, missing, 'stagex build')
  return wanted.map(({ name, version }) => ({
    image: name,
    ...(version === undefined ? {} : { version }),
    ...pushable(store, known.get(name) ?? [])
  }))
}

/**
 * Finds images in the store that are what the tree's `digests/` records, because those are what others have
 * built and signed.
 * @throws PublishError `publish/not-built`, `publish/not-recorded`, `publish/other-digest`, naming all images
 */
export function publishableImages(
  tree: Tree,
  home: string,
  names: readonly string[]
): Publishable[] {
  const images = builtImages(tree, home, names)
  const recorded = new Map(names.map((name) => [name, recordedDigest(tree, name)]))
  const unknown = names.filter((name) => recorded.get(name) === undefined)
  refuse('publish/not-recorded', 'digests/ does not have images', unknown, 'stagex digests --write')
  const other = images
    .filter(({ image, digests }) => digests[0] !== recorded.get(image))
    .map(({ image }) => image)
  const hint = 'stagex reproduce; or record what is right with stagex digests --write'
  refuse('publish/other-digest', 'images are not what digests/ says', other, hint)
  return images
}

/** The digest of an image's first platform that the tree records, if any. */
export function recordedDigest(tree: Tree, image: string): Digest | undefined {
  const stage = tree.images.get(image)?.package.stage ?? ''
  const hex = readDigestFile(digestFile(tree.root, stage)).get(image)
  return hex === undefined ? undefined : `sha256:${hex}`
}

function refuse(
  code: 'publish/not-built' | 'publish/not-recorded' | 'publish/other-digest',
  message: string,
  images: readonly string[],
  hint: string
): void {
  if (images.length === 0) return
  throw new PublishError(code, message, { found: images.join(' '), hint })
}

function pushable(
  store: Store,
  images: readonly BuiltImage[]
): Pick<Publishable, 'digests' | 'named' | 'platforms'> {
  const platforms = images.map(({ manifest, configDescriptor, layers }) => ({
    manifest: { descriptor: manifest, source: { bytes: readBlob(store, manifest.digest) } },
    blobs: [configDescriptor, ...layers.map(({ descriptor }) => descriptor)].map((descriptor) =>
      storedBlob(store, descriptor)
    )
  }))
  const digests = images.map(({ manifest }) => manifest.digest)
  const [first] = platforms
  const named = platforms.length === 1 && first !== undefined ? first.manifest : nestedIndex(images)
  return { digests, named, platforms }
}

function storedBlob(store: Store, descriptor: Descriptor): Blob {
  return { descriptor, source: { path: blobPath(store, descriptor.digest) } }
}
