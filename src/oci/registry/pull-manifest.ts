import { shownUrl } from '../../http/shown-url.js'
import type { Response } from '../../http/exchange.js'
import type { Descriptor } from '../descriptor.js'
import { type Digest, isDigest, sha256 } from '../digest.js'
import { isIndexType, isManifestType, mediaTypes } from '../media-type.js'
import { largestDocument } from '../parse-document.js'
import { jsonOrUndefined, readDocument } from './read-document.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'

/** A manifest or an index as it lies in a registry: its bytes are what its digest says. */
export interface PulledManifest {
  readonly descriptor: Descriptor
  readonly bytes: Buffer
}

const ACCEPTED = [
  mediaTypes.manifest,
  mediaTypes.index,
  mediaTypes.dockerManifest,
  mediaTypes.dockerIndex
].join(', ')

/**
 * Pulls a manifest or an index.
 * @param reference a tag, or a digest, which the bytes then must have
 * @param expected the digest that the bytes must have where `reference` is a tag
 * @throws RegistryError `registry/not-found`, `registry/digest-mismatch`, `registry/bad-response`,
 * `registry/too-large`, and those of every exchange
 */
export async function pullManifest(
  repository: Repository,
  reference: string,
  expected?: Digest
): Promise<PulledManifest> {
  return repository.persist(async () => {
    const response = await repository.request(requestFor(repository, 'GET', reference))
    const { limits, signal } = repository
    const bytes = await readDocument(response, largestDocument, limits, signal)
    const digest = sha256(bytes)
    checkDigest(digest, isDigest(reference) ? reference : expected, response)
    checkDigest(digest, declaredDigest(response), response)
    const mediaType = mediaTypeOf(bytes, response)
    return { descriptor: { mediaType, digest, size: bytes.length }, bytes }
  })
}

/**
 * The digest that a registry says a tag or digest has, without the bytes; undefined where there is none. It
 * is as good as the registry's word: what is pulled by it is verified.
 */
export async function manifestDigest(
  repository: Repository,
  reference: string
): Promise<Digest | undefined> {
  const response = await repository.persist(() =>
    repository.request({
      ...requestFor(repository, 'HEAD', reference),
      expected: [200, 404]
    })
  )
  response.body.destroy()
  return response.status === 200 ? declaredDigest(response) : undefined
}

function requestFor(repository: Repository, method: 'GET' | 'HEAD', reference: string) {
  return {
    method,
    url: repository.url(`manifests/${encodeURIComponent(reference)}`),
    what: `the manifest ${reference}`,
    accept: ACCEPTED,
    expected: [200]
  }
}

/** Digests of other algorithms are passed over: our own is computed from the bytes. */
function declaredDigest({ headers }: Response): Digest | undefined {
  const declared = headers['docker-content-digest']
  return typeof declared === 'string' && isDigest(declared) ? declared : undefined
}

function checkDigest(found: Digest, expected: Digest | undefined, { url }: Response): void {
  if (expected === undefined || expected === found) return
  throw new RegistryError('registry/digest-mismatch', 'the registry gives another manifest', {
    where: shownUrl(url),
    expected,
    found
  })
}

/** The document says what it is; a header that says otherwise would have it read as another thing. */
function mediaTypeOf(bytes: Buffer, response: Response): string {
  const document = jsonOrUndefined(bytes)
  const isObject = typeof document === 'object' && document !== null && !Array.isArray(document)
  const declared = (response.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
  const own = isObject && 'mediaType' in document ? document.mediaType : declared
  const known = isIndexType(declared) || isManifestType(declared)
  if (isObject && known && own === declared) return declared
  throw new RegistryError('registry/bad-response', 'this is no manifest that we can read', {
    where: shownUrl(response.url),
    expected: 'a manifest or an index, of the media type that the header declares',
    found: isObject ? `${declared}, ${String(own)}`.slice(0, 200) : 'no JSON object'
  })
}
