import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Transfer } from '../transfer.js'
import { asSourceError, SourceError } from '../source-error.js'
import { getText } from './get-text.js'

/** Names told of one folder; a hostile one could list without end. */
const mostNames = 100_000

/**
 * The names in a folder of a mirror: of this machine's for `file:`, else those that its web page links to.
 * @param folder a mirror's URL that ends in `/`
 * @throws SourceError `source/no-listing` where there is none to be had; `source/cancelled`
 */
export async function listFolder(folder: string, transfer: Transfer): Promise<string[]> {
  let error: SourceError | undefined
  for (const url of transfer.urlsOf(folder)) {
    const result = await transfer.persist(url, () => namesAt(url, transfer).catch(asSourceError))
    if (!(result instanceof SourceError)) return result
    if (result.code === 'source/cancelled') throw result
    error ??= result
  }
  throw new SourceError('source/no-listing', 'the mirror does not tell what it has', {
    where: error?.where ?? folder,
    ...(error === undefined ? {} : { found: error.message, cause: error })
  })
}

async function namesAt(url: URL, transfer: Transfer): Promise<string[]> {
  if (url.protocol === 'file:') return localNames(url)
  return linkedNames(await getText(url, transfer), url)
}

async function localNames(url: URL): Promise<string[]> {
  try {
    return (await readdir(fileURLToPath(url))).slice(0, mostNames)
  } catch (cause) {
    const found = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new SourceError('source/not-found', 'the folder cannot be read', {
      where: url.href,
      found,
      cause
    })
  }
}

/** What a page links to directly below its own folder, without the slash at the end of folders. */
export function linkedNames(page: string, base: URL): string[] {
  const names = new Set<string>()
  for (const [, link = ''] of page.matchAll(/\bhref\s*=\s*["']?([^"'\s>]{1,2000})/gi)) {
    const name = nameBelow(link.replaceAll('&amp;', '&'), base)
    if (name !== undefined) names.add(name)
    if (names.size >= mostNames) break
  }
  return [...names]
}

function nameBelow(link: string, base: URL): string | undefined {
  if (!URL.canParse(link, base.href)) return undefined
  const { origin, pathname } = new URL(link, base)
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return undefined
  const rest = pathname.slice(base.pathname.length).replace(/\/$/, '')
  if (rest === '' || rest.includes('/')) return undefined
  try {
    return decodeURIComponent(rest)
  } catch {
    return undefined
  }
}
