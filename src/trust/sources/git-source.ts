import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../base/process.js'
import { TrustError } from '../trust-error.js'
import { folderSource } from './folder-source.js'
import type { SignatureSource } from './signature-source.js'

/** A branch of a repository with signatures in it. */
export interface GitPlace {
  readonly url: string
  readonly branch?: string
}

/** The place that `git+URL` or `git+URL#branch` names; undefined where a text is none of these. */
export function parseGitPlace(text: string): GitPlace | undefined {
  const [, url, branch] = /^git\+([^#]+)(?:#(.+))?$/.exec(text) ?? []
  if (url === undefined) return undefined
  return branch === undefined ? { url } : { url, branch }
}

/** Signatures fetched with git, and the end of their stay. */
export interface FetchedSignatures {
  readonly source: SignatureSource
  readonly close: () => void
}

/**
 * Fetches the newest state of a repository of signatures, `signatures/` in it or at its top.
 * @param folder where a temporary folder may be made
 * @throws TrustError `signatures/git-failed`
 */
export async function fetchSignatures(
  { url, branch }: GitPlace,
  folder: string,
  signal?: AbortSignal
): Promise<FetchedSignatures> {
  const target = mkdtempSync(join(folder, 'signatures-'))
  const close = (): void => {
    rmSync(target, { recursive: true, force: true })
  }
  // Links in a repository are written as files, and no helper program is started by what a URL says.
  const settings = ['-c', 'core.symlinks=false', '-c', 'protocol.ext.allow=never']
  const wanted = branch === undefined ? [] : [`--branch=${branch}`]
  const words = ['clone', '--quiet', '--depth=1', '--no-tags', ...wanted, '--', url, target]
  const { status, stderr } = await run('git', [...settings, ...words], {
    env: { ...environment(), GIT_TERMINAL_PROMPT: '0' },
    ...(signal === undefined ? {} : { signal })
  }).catch((error: unknown) => ({ status: 1, stderr: String(error) }))
  if (status === 0) return { source: sourceIn(target, url), close }
  close()
  throw new TrustError('signatures/git-failed', 'the signatures cannot be fetched with git', {
    where: branch === undefined ? url : `${url}#${branch}`,
    found: stderr.trim().slice(0, 1000)
  })
}

function sourceIn(target: string, url: string): SignatureSource {
  const [below, top] = [folderSource(join(target, 'signatures')), folderSource(target)]
  return {
    name: url,
    read: async (path) => (await below.read(path)) ?? top.read(path)
  }
}

function environment(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined)
  )
}
