import type { Digest } from '../../oci/digest.js'
import { isIndexType } from '../../oci/media-type.js'
import { parseIndex } from '../../oci/parse-document.js'
import { pullManifest } from '../../oci/registry/pull-manifest.js'
import { Registry } from '../../oci/registry/registry.js'
import { RegistryError } from '../../oci/registry/registry-error.js'
import type { CommandContext } from '../context.js'
import { registryOptions } from '../publish/registry-options.js'

/** What a tag or digest names at a registry. */
export interface ResolvedManifests {
  readonly digest: Digest
  /** Of single platforms: the one, or all that an index lists; at least one. */
  readonly manifests: readonly Digest[]
  /** The text of the index, where it is one. */
  readonly index?: string
}

/**
 * Asks a registry what a reference names. An index of nothing is refused: nobody can have signed what it leads to, so
 * that it would pass every demand that is made of each of its manifests.
 * @param repository a full name: `docker.io/stagex/core-gcc`
 * @param reference a tag or a digest
 * @throws RegistryError, HttpError, OciError
 */
export async function resolveManifests(
  context: CommandContext,
  repository: string,
  reference: string
): Promise<ResolvedManifests> {
  const slash = repository.indexOf('/')
  const registry = new Registry(repository.slice(0, slash), registryOptions(context))
  const { descriptor, bytes } = await pullManifest(
    registry.repository(repository.slice(slash + 1)),
    reference
  )
  const { digest, mediaType } = descriptor
  if (!isIndexType(mediaType)) return { digest, manifests: [digest] }
  const index = bytes.toString('utf8')
  const { manifests } = parseIndex(index, digest)
  if (manifests.length === 0) {
    throw new RegistryError('registry/bad-response', 'this index leads to no image', {
      where: `${repository}@${digest}`,
      expected: 'at least one manifest'
    })
  }
  return { digest, manifests: manifests.map((each) => each.digest), index }
}
