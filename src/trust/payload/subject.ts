import { parseImageName } from '../../containerfile/image-reference.js'
import type { Digest } from '../../oci/digest.js'
import { TrustError } from '../trust-error.js'

/** The image that signatures are looked for. */
export interface Subject {
  /** Its name for people: `core-gcc`, or a reference. */
  readonly image: string
  /** The digest of the manifest. */
  readonly digest: Digest
  /** Full names of repositories that a signature may name: `docker.io/stagex/core-gcc`. */
  readonly repositories: readonly string[]
  /** Where its signatures lie below a lookaside: `stagex/core-gcc` (containers-registries.d(5)). */
  readonly paths: readonly string[]
}

/** Where a tree that configures nothing is published. */
const DEFAULT_PLACE = 'docker.io/stagex'

/**
 * The full names below which a tree's images are published: `docker.io/stagex`.
 * @throws TrustError `signatures/bad-place`
 */
export function scopesOf(places: readonly string[]): string[] {
  const named = places.length > 0 ? places : [DEFAULT_PLACE]
  const image = '/image'
  return named.map((place) => {
    return repositoryOf(`${withoutScheme(place)}${image}`).slice(0, -image.length)
  })
}

/**
 * An image of a tree, under all names that it is published by.
 * @param places `<registry>/<path>`, with a scheme or without, as in release.toml
 * @throws TrustError `signatures/bad-place`
 */
export function subjectOf(image: string, digest: Digest, places: readonly string[]): Subject {
  const repositories = scopesOf(places).map((scope) => repositoryOf(`${scope}/${image}`))
  return { image, digest, repositories, paths: distinctPaths(repositories) }
}

/**
 * An image by its own reference. Where it lies at one of the places, the names at the others are as good:
 * one signature is for all copies of the image.
 * @param repository a full name
 * @throws TrustError `signatures/bad-place`
 */
export function subjectOfRepository(
  repository: string,
  digest: Digest,
  places: readonly string[]
): Subject {
  const image = repository.slice(repository.lastIndexOf('/') + 1)
  const known = places.length > 0 ? subjectOf(image, digest, places).repositories : []
  const repositories = known.includes(repository) ? known : [repository]
  return { image: repository, digest, repositories, paths: distinctPaths(repositories) }
}

function withoutScheme(place: string): string {
  return place.replace(/^https?:\/\//, '')
}

function repositoryOf(reference: string): string {
  const named = parseImageName(reference)
  if (named !== undefined && named.tag === undefined && named.digest === undefined) {
    return named.repository
  }
  throw new TrustError('signatures/bad-place', 'no image can be published under this name', {
    found: reference,
    expected: 'registry/path/image',
    kind: 'usage'
  })
}

/** The registry is no part of the path: registries.d says for which one a lookaside is. */
function distinctPaths(repositories: readonly string[]): string[] {
  return [...new Set(repositories.map((each) => each.slice(each.indexOf('/') + 1)))]
}
