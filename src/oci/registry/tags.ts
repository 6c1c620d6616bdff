import * as z from 'zod'
import { listPages } from './list-pages.js'
import type { Repository } from './repository.js'

const page = z.object({ tags: z.array(z.string()).nullish() })
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/

/**
 * The tags of a repository, in the registry's order; none where there is no such repository. A name that
 * no tag can have is passed over.
 * @throws RegistryError
 */
export async function listTags(repository: Repository): Promise<string[]> {
  const tags = await listPages(repository, {
    url: repository.url('tags/list'),
    what: 'the tags',
    schema: page,
    entries: (each) => each.tags ?? []
  })
  return (tags ?? []).filter((tag) => TAG.test(tag))
}
