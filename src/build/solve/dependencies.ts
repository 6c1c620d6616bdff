import { parseImageName } from '../../containerfile/image-reference.js'
import { samePlatform } from '../../containerfile/platform.js'
import type { ImageSource } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'
import type { BuiltImage } from '../image/built-image.js'
import type { ImageRequest } from '../plan/image-request.js'

/** The images that were built before, one for each platform, by name; undefined for a name not built. */
export type Dependencies = (name: string) => readonly BuiltImage[] | undefined

/**
 * The image that a Containerfile means by a reference: one of the tree, whatever tag or digest the
 * reference carries, for the platform that is asked for where it has that, else for the first it has.
 * @throws BuildError `build/no-such-image`
 */
export function dependencyOf(
  request: ImageRequest,
  source: ImageSource & { kind: 'image' },
  dependencies: Dependencies
): BuiltImage {
  const name = treeName(source.reference)
  const images = name === undefined ? undefined : dependencies(name)
  const exact = images?.find(({ config }) => samePlatform(config.platform, source.platform))
  const image = exact ?? images?.[0]
  if (image !== undefined) return image
  throw new BuildError('build/no-such-image', 'a build may use images of its own tree only', {
    where: request.containerfileLabel,
    expected: 'stagex/<stage>-<name> of a package in this tree',
    found: source.reference,
    kind: 'usage'
  })
}

/** `<stage>-<name>` of a normalised reference to one of the tree's own images. */
function treeName(reference: string): string | undefined {
  return /^docker\.io\/stagex\/([^/:@]+)$/.exec(parseImageName(reference)?.repository ?? '')?.[1]
}
