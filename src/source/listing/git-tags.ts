import type { Transfer } from '../transfer.js'
import { asSourceError, SourceError } from '../source-error.js'
import { getText } from './get-text.js'

/**
 * The tags of a git repository that is served over HTTP (gitprotocol-http(5), "smart" discovery of
 * references): the one listing that all hosts of git have.
 * @param repository its URL, without `.git`
 * @throws SourceError `source/no-listing`, `source/cancelled`
 */
export async function gitTags(repository: string, transfer: Transfer): Promise<string[]> {
  const url = new URL(`${repository}.git/info/refs?service=git-upload-pack`)
  const result = await transfer.persist(url, () => getText(url, transfer).catch(asSourceError))
  if (typeof result === 'string') return tagsIn(result)
  if (result.code === 'source/cancelled') throw result
  throw new SourceError('source/no-listing', 'the repository does not tell its tags', {
    where: repository,
    found: result.message,
    cause: result
  })
}

/** Lines are `<4 hex digits of length><object id> refs/tags/<name>`; `^{}` follows what a tag stands for. */
export function tagsIn(text: string): string[] {
  const tags = text.matchAll(/[0-9a-f]{40,64} refs\/tags\/([^\s\0^]{1,250})$/gm)
  return [...new Set([...tags].map(([, name = '']) => name))]
}
