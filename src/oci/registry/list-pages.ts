import type * as z from 'zod'
import type { Response } from '../../http/exchange.js'
import { shownUrl } from '../../http/shown-url.js'
import { largestDocument } from '../parse-document.js'
import { jsonOrUndefined, readDocument } from './read-document.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'

/** One list that a registry gives out in pages. */
export interface PagedList<Page, Entry> {
  /** The first page's URL. */
  readonly url: URL
  readonly what: string
  readonly schema: z.ZodType<Page>
  readonly entries: (page: Page) => readonly Entry[]
}

/**
 * Reads all pages of a list, in the registry's order (RFC 8288 links with `rel="next"`).
 * @returns undefined where the registry knows no such list
 * @throws RegistryError `registry/too-large` for a list without an end; `registry/bad-response`,
 * `registry/bad-location`, and those of every exchange
 */
export async function listPages<Page, Entry>(
  repository: Repository,
  list: PagedList<Page, Entry>
): Promise<Entry[] | undefined> {
  const { maxPages, maxEntries } = repository.limits
  const entries: Entry[] = []
  let url: URL | undefined = list.url
  for (let pages = 0; url !== undefined; pages++) {
    if (pages === maxPages || entries.length > maxEntries) throw endless(list.what, repository)
    const response = await repository.persist(() => askFor(repository, list.what, url ?? list.url))
    if (response.status === 404) {
      response.body.destroy()
      return undefined
    }
    const page = await readPage(repository, list.schema, response)
    entries.push(...list.entries(page))
    url = nextPage(repository, response)
  }
  return entries
}

function askFor(repository: Repository, what: string, url: URL): Promise<Response> {
  return repository.request({ method: 'GET', url, what, expected: [200, 404] })
}

async function readPage<Page>(
  { limits, signal }: Repository,
  schema: z.ZodType<Page>,
  response: Response
): Promise<Page> {
  const bytes = await readDocument(response, largestDocument, limits, signal)
  const parsed = schema.safeParse(jsonOrUndefined(bytes))
  if (parsed.success) return parsed.data
  throw new RegistryError('registry/bad-response', 'the registry’s list cannot be read', {
    where: shownUrl(response.url)
  })
}

function nextPage(repository: Repository, { headers, url }: Response): URL | undefined {
  const link = typeof headers['link'] === 'string' ? headers['link'] : ''
  const [, target] = /<([^<>]{1,2000})>\s*;\s*rel="?next"?/.exec(link.slice(0, 8192)) ?? []
  return target === undefined ? undefined : repository.follow(target, url)
}

function endless(what: string, { name, limits }: Repository): RegistryError {
  return new RegistryError('registry/too-large', 'the registry’s list does not end', {
    where: `${what} of ${name}`,
    expected: `at most ${limits.maxPages} pages and ${limits.maxEntries} entries`
  })
}
