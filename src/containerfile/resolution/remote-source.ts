import { posix } from 'node:path'
import { ContainerfileError } from '../containerfile-error.js'
import type { CopyInstruction, Word } from '../instruction.js'
import type { RemoteSource } from '../step.js'
import { type GitReference, parseGitReference } from './git-reference.js'

/**
 * The remote source of an ADD, if it has one.
 *
 * @throws {ContainerfileError} `not-hermetic` when no digest pins it
 */
export function remoteSource(
  instruction: CopyInstruction,
  words: readonly Word[],
  checksum: string | undefined
): RemoteSource | undefined {
  const remote = words.find((word) => isHttp(word.text) || isGit(word.text))
  if (remote === undefined) {
    if (checksum !== undefined) throw pointlessChecksum(instruction)
    return undefined
  }
  if (words.length > 1 || instruction.heredocs.length > 0) throw mixedSources(remote)
  const git = parseGitReference(remote.text)
  return git === undefined
    ? httpSource(remote, checksum)
    : gitSource(instruction, remote, git, checksum)
}

/** Only ADD fetches. */
export function refuseRemoteCopy(words: readonly Word[]): void {
  const remote = words.find((word) => isHttp(word.text) || isGit(word.text))
  if (remote === undefined) return
  throw new ContainerfileError(
    'containerfile/bad-argument',
    remote.position,
    'COPY fetches nothing',
    {
      expected: 'a path in the build context',
      found: remote.text,
      hint: 'ADD --checksum=… fetches'
    }
  )
}

function isHttp(source: string): boolean {
  return /^https?:\/\//.test(source)
}

function isGit(source: string): boolean {
  return parseGitReference(source) !== undefined
}

function httpSource(word: Word, checksum: string | undefined): RemoteSource {
  if (checksum === undefined) throw unpinned(word)
  if (!/^sha256:[0-9a-f]{64}$/.test(checksum)) throw badChecksum(word, checksum, 'sha256:<64 hex>')
  const base = posix.basename(pathOf(word.text))
  const fileName = base === '' || base === '.' || base === '/' ? '__unnamed__' : base
  if (fileName === '..' || fileName.includes('\0')) throw namesNoFile(word)
  return { kind: 'http', url: word.text, fileName, checksum }
}

/** The URL's path, percent signs decoded; '' when it cannot be read. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(/^https?:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] ?? '')
  } catch {
    return ''
  }
}

function gitSource(
  instruction: CopyInstruction,
  word: Word,
  git: GitReference,
  checksum: string | undefined
): RemoteSource {
  const commit = git.checksum ?? checksum
  if (commit === undefined) throw unpinned(word)
  if (checksum !== undefined && checksum !== commit) throw badChecksum(word, checksum, commit)
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) {
    throw badChecksum(word, commit, 'the full commit id')
  }
  return {
    kind: 'git',
    repository: git.repository,
    reference: git.reference,
    subdirectory: git.subdirectory,
    commit,
    keepGitDir: git.keepGitDir ?? instruction.keepGitDir ?? false,
    submodules: git.submodules
  }
}

function unpinned(word: Word): ContainerfileError {
  return new ContainerfileError(
    'containerfile/not-hermetic',
    word.position,
    'what this address serves can change, and then so would the image',
    {
      expected: '--checksum with the digest of what is fetched',
      found: word.text,
      hint: 'or declare it as a source of the package, and COPY it from there'
    }
  )
}

function pointlessChecksum(instruction: CopyInstruction): ContainerfileError {
  const position = instruction.checksum?.position ?? instruction.position
  const message = '--checksum is for what is fetched'
  return new ContainerfileError('containerfile/bad-flag', position, message, {
    expected: 'an http, https or git source'
  })
}

function mixedSources(word: Word): ContainerfileError {
  const message = 'a remote source must be the only one: each needs a --checksum of its own'
  return new ContainerfileError('containerfile/bad-argument', word.position, message, {
    found: word.text
  })
}

function namesNoFile(word: Word): ContainerfileError {
  const message = 'the path of the address ends in what cannot name a file'
  return new ContainerfileError('containerfile/bad-argument', word.position, message, {
    found: word.text
  })
}

function badChecksum(word: Word, checksum: string, expected: string): ContainerfileError {
  const message = `${checksum} cannot pin ${word.text}`
  return new ContainerfileError('containerfile/bad-flag', word.position, message, {
    expected,
    found: checksum
  })
}
