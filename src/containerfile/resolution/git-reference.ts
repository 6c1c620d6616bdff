/** A place in a git repository as ADD names it. */
export interface GitReference {
  /** Without fragment and query. */
  readonly repository: string
  /** Branch, tag or commit; '' for the default branch. */
  readonly reference: string
  readonly subdirectory: string
  readonly checksum?: string
  readonly keepGitDir?: boolean
  readonly submodules: boolean
}

/**
 * Reads a source of ADD as a git repository: `git://…`, `ssh://…`, `user@host:path`, or `https://….git`,
 * each with `#reference:subdirectory` or a query. Undefined when it is none: then it is a path or a URL.
 */
export function parseGitReference(source: string): GitReference | undefined {
  if (/^(?:\.{1,2}\/|github\.com\/)/.test(source)) return undefined
  const { address, query, fragment } = splitAddress(source)
  if (!namesRepository(address)) return undefined
  const options = new URLSearchParams(query)
  const colon = fragment.indexOf(':')
  const checksum = options.get('checksum') ?? options.get('commit')
  const keepGitDir = options.get('keep-git-dir')
  return {
    repository: address,
    reference: referenceOf(options, colon < 0 ? fragment : fragment.slice(0, colon), checksum),
    subdirectory: options.get('subdir') ?? (colon < 0 ? '' : fragment.slice(colon + 1)),
    ...(checksum === null ? {} : { checksum }),
    ...(keepGitDir === null ? {} : { keepGitDir: isOn(keepGitDir) }),
    submodules: isOn(options.get('submodules') ?? 'true')
  }
}

function namesRepository(address: string): boolean {
  if (/^(?:git|ssh):\/\//.test(address)) return true
  if (/^https?:\/\//.test(address)) return /^https?:\/\/[^/]*\/.*\.git$/s.test(address)
  return !/^[a-zA-Z0-9]+:\/\//.test(address) && /^[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:/.test(address)
}

function splitAddress(source: string): { address: string; query: string; fragment: string } {
  const hash = source.indexOf('#')
  const before = hash < 0 ? source : source.slice(0, hash)
  const question = before.indexOf('?')
  return {
    address: question < 0 ? before : before.slice(0, question),
    query: question < 0 ? '' : before.slice(question + 1),
    fragment: hash < 0 ? '' : source.slice(hash + 1)
  }
}

function referenceOf(options: URLSearchParams, fragment: string, checksum: string | null): string {
  const tag = options.get('tag')
  if (tag !== null) return tag.startsWith('refs/tags/') ? tag : `refs/tags/${tag}`
  const branch = options.get('branch')
  if (branch !== null) return branch.startsWith('refs/heads/') ? branch : `refs/heads/${branch}`
  const named = options.get('ref') ?? fragment
  return named === '' ? (checksum ?? '') : named
}

function isOn(value: string): boolean {
  return value === '' || /^(?:1|t|true)$/i.test(value)
}
