import type { Descriptor } from '../descriptor.js'
import { type Digest, hexOf } from '../digest.js'
import { indexSchema } from '../document-schemas.js'
import { parseIndex } from '../parse-document.js'
import { listPages } from './list-pages.js'
import { pullManifest } from './pull-manifest.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'

/**
 * The manifests that name another one as their subject: signatures, documents. A registry without the
 * referrers API is asked for the tag that stands in for it (distribution specification 1.1, "Referrers Tag
 * Schema"). What they say of themselves is unverified.
 * @throws RegistryError
 */
export async function listReferrers(
  repository: Repository,
  subject: Digest
): Promise<readonly Descriptor[]> {
  const listed = await listPages(repository, {
    url: repository.url(`referrers/${subject}`),
    what: `the referrers of ${subject}`,
    schema: indexSchema,
    entries: (index) => index.manifests
  })
  return listed ?? taggedReferrers(repository, subject)
}

async function taggedReferrers(
  repository: Repository,
  subject: Digest
): Promise<readonly Descriptor[]> {
  try {
    const tag = `sha256-${hexOf(subject)}`
    const { bytes } = await pullManifest(repository, tag)
    return parseIndex(bytes.toString('utf8'), tag).manifests
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'registry/not-found') return []
    throw error
  }
}
