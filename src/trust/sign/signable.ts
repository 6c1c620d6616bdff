import type { BuiltImage } from '../../build/image/built-image.js'
import { planBuild } from '../../build/plan/plan.js'
import type { ImageRequest } from '../../build/plan/image-request.js'
import { lookUpImages } from '../../build/embedded-builder.js'
import { solveImage } from '../../build/solve/solve-image.js'
import { sessionName } from '../../build/store/session.js'
import { openStore } from '../../build/store/store.js'
import { type Digest, digestOfHex } from '../../oci/digest.js'
import { digestFile, readDigestFile } from '../../tree/digest-file.js'
import type { Tree } from '../../tree/tree.js'
import { TrustError } from '../trust-error.js'

/** One manifest that this machine made of what the tree defines. */
export interface Signable {
  readonly image: string
  readonly version?: string
  readonly digest: Digest
  /** The key of all that went into it. */
  readonly inputs: Digest
}

/**
 * Finds what this machine has built, for signing. The digest comes from the store's own record of the build,
 * never from a file of digests; what others have built is refused, and so is what was made from it.
 * @param names images of the tree
 * @throws TrustError `sign/not-built`, `sign/not-built-here`, `sign/other-digest`, naming all images
 */
export function signableImages(tree: Tree, home: string, names: readonly string[]): Signable[] {
  const { requests } = planBuild(tree, names)
  const known = lookUpImages(openStore(home, sessionName(process.pid)), requests)
  const wanted = requests.filter(({ name }) => names.includes(name))
  const missing = wanted.filter(({ name }) => !known.has(name)).map(({ name }) => name)
  const message = 'images are not built as they are defined now'
  refuse('sign/not-built', message, missing, 'stagex build')
  refuse(
    'sign/not-built-here',
    'a signature says that its signer built the image, and others built these',
    foreignImages(requests, known, new Set(names)),
    'build them: stagex build --no-cache'
  )
  const signables = wanted.flatMap((request) => signablesOf(request, known))
  const differing = signables.filter((each) => !isRecorded(tree, each, known))
  const other = differing.map(({ image }) => image)
  refuse('sign/other-digest', 'images are not what digests/ says', other, 'stagex reproduce')
  return signables
}

/** Images that were taken from others, among the wanted ones and all that those are made from. */
function foreignImages(
  requests: readonly ImageRequest[],
  known: ReadonlyMap<string, readonly BuiltImage[]>,
  names: ReadonlySet<string>
): string[] {
  return requests
    .filter(({ name }) => known.get(name)?.some(({ preseeded }) => preseeded === true))
    .map(({ name }) => (names.has(name) ? name : `${name} (which others are made from)`))
}

function signablesOf(
  request: ImageRequest,
  known: ReadonlyMap<string, readonly BuiltImage[]>
): Signable[] {
  const images = known.get(request.name) ?? []
  return request.platforms.flatMap((platform, index) => {
    const image = images[index]
    if (image === undefined) return []
    const { key } = solveImage(request, platform, (name) => known.get(name))
    const { name, version } = request
    const named = version === undefined ? { image: name } : { image: name, version }
    return [{ ...named, digest: image.manifest.digest, inputs: key }]
  })
}

/** The tree records an image's first platform; where it records none, there is nothing to disagree with. */
function isRecorded(
  tree: Tree,
  { image, digest }: Signable,
  known: ReadonlyMap<string, readonly BuiltImage[]>
): boolean {
  if (known.get(image)?.[0]?.manifest.digest !== digest) return true
  const stage = tree.images.get(image)?.package.stage ?? ''
  const hex = readDigestFile(digestFile(tree.root, stage)).get(image)
  return hex === undefined || digestOfHex(hex) === digest
}

function refuse(
  code: 'sign/not-built' | 'sign/not-built-here' | 'sign/other-digest',
  message: string,
  images: readonly string[],
  hint: string
): void {
  if (images.length === 0) return
  throw new TrustError(code, message, { found: images.join(' '), hint })
}
