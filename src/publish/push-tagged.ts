import { type PushImageOptions, pushImage } from '../oci/registry/push-image.js'
import { pushManifest } from '../oci/registry/push-manifest.js'
import type { Repository } from '../oci/registry/repository.js'
import type { Publishable } from './publishable.js'

/**
 * Pushes an image, all of its platforms, and names it by tags when it is complete.
 * @throws RegistryError, HttpError
 */
export async function pushTagged(
  repository: Repository,
  { platforms, named }: Publishable,
  tags: readonly string[],
  options: PushImageOptions = {}
): Promise<void> {
  for (const platform of platforms) await pushImage(repository, platform, options)
  for (const tag of tags) {
    await pushManifest(repository, tag, named.descriptor, named.source.bytes)
  }
}
