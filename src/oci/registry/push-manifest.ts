import type { Descriptor } from '../descriptor.js'
import { type Digest, isDigest } from '../digest.js'
import { manifestDigest } from './pull-manifest.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'

/**
 * Pushes a manifest or an index under a tag or its digest, unless it is there already. All that it names
 * must be there. What the registry then says of the digest is compared with ours.
 * @returns whether it had to be sent
 * @throws RegistryError `registry/digest-mismatch`, and those of every exchange
 */
export async function pushManifest(
  repository: Repository,
  reference: string,
  { mediaType, digest }: Descriptor,
  bytes: Uint8Array
): Promise<boolean> {
  if ((await manifestDigest(repository, reference)) === digest) return false
  const response = await repository.persist(() =>
    repository.request({
      method: 'PUT',
      url: repository.url(`manifests/${encodeURIComponent(reference)}`),
      what: `the manifest ${reference}`,
      expected: [201],
      headers: { 'content-type': mediaType, 'content-length': String(bytes.length) },
      body: () => once(bytes)
    })
  )
  response.body.destroy()
  const declared = response.headers['docker-content-digest']
  const found = typeof declared === 'string' && isDigest(declared) ? declared : undefined
  checkPushed(repository, reference, digest, found ?? (await manifestDigest(repository, reference)))
  return true
}

function checkPushed(
  { name }: Repository,
  reference: string,
  expected: Digest,
  found: Digest | undefined
): void {
  if (found === expected) return
  throw new RegistryError(
    'registry/digest-mismatch',
    'the registry made another manifest of ours',
    {
      where: `${name} ${reference}`,
      expected,
      found: found ?? 'no digest'
    }
  )
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
