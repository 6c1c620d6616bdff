import { join } from 'node:path'
import { makeFolder } from '../../base/make-folder.js'
import { sha256 } from '../../oci/digest.js'
import type { SignaturePlace } from '../sign/signature-place.js'
import type { GitPlace } from '../sources/git-source.js'
import type { SignatureSource } from '../sources/signature-source.js'
import { failed, Git } from './git.js'
import { type AddedSignature, SignatureCommits } from './signature-commits.js'

/** The newest state of the branch that was heard of. */
const REMOTE = 'refs/stagex/remote'
/** One commit upon it, with the signatures that are not there yet: it survives an interruption. */
const PENDING = 'refs/stagex/pending'

/** Others may push at the same time; each time somebody else was first. */
const MOST_ATTEMPTS = 10

/** A branch of signatures, to which signatures are added. */
export interface SignatureRepository extends SignaturePlace {
  /**
   * Brings to the branch what was added, also by earlier calls. Where others were first, numbers are given
   * anew.
   * @returns how many signatures went there
   * @throws TrustError `signatures/git-failed`
   */
  publish(): Promise<number>
}

/** What is to be opened, and how. */
export interface RepositoryWishes {
  readonly place: GitPlace
  /** Where a copy is kept from call to call. */
  readonly folder: string
  /** Of the commit. */
  readonly message: string
  /** Makes the names of temporary files differ from those of other processes. */
  readonly process: number
  readonly signal?: AbortSignal
}

/**
 * Opens a branch of signatures for signing. A branch that is not there yet begins where the repository's main
 * branch is.
 * @throws TrustError `signatures/git-failed`
 */
export async function openSignatureRepository(
  wishes: RepositoryWishes
): Promise<SignatureRepository> {
  const { url, branch = '' } = wishes.place
  const folder = join(wishes.folder, 'signatures', sha256(`${url}#${branch}`).slice(7, 39))
  makeFolder(folder)
  const index = join(folder, `index-${wishes.process}`)
  const git = new Git(folder, index)
  git.tell(['init', '--quiet', '--bare'])
  const repository = new Repository(git, new SignatureCommits(git, index), wishes)
  await repository.catchUp()
  return repository
}

class Repository implements SignatureRepository {
  readonly #git: Git
  readonly #commits: SignatureCommits
  readonly #wishes: RepositoryWishes
  /** The branch's full name. */
  #branch = ''

  constructor(git: Git, commits: SignatureCommits, wishes: RepositoryWishes) {
    this.#git = git
    this.#commits = commits
    this.#wishes = wishes
  }

  get source(): SignatureSource {
    const read = (path: string): Uint8Array | undefined => {
      const head = this.#head()
      return this.#commits.read(head, this.#commits.top(head) + path)
    }
    const { url } = this.#wishes.place
    return { name: url, read: (path) => Promise.resolve().then(() => read(path)) }
  }

  add(folder: string, bytes: Uint8Array): string {
    const blob = this.#commits.store(bytes)
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const pending = this.#commit(PENDING)
      const base = this.#baseOf(pending)
      const head = pending ?? base
      const added = { folder: this.#commits.top(head) + folder, blob }
      const { commit, path } = this.#append(head, added, base)
      if (this.#replace(pending, commit)) return `${this.#wishes.place.url}: ${path}`
    }
    throw failed(['update-ref'], 'other processes sign into the same branch all the time')
  }

  async publish(): Promise<number> {
    let count = 0
    let refusals = 0
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const pending = this.#commit(PENDING)
      if (pending === undefined) return count
      const { place, signal } = this.#wishes
      const words = ['push', '--quiet', '--', place.url, `${pending}:${this.#branch}`]
      const { status, stderr } = await this.#git.speak(words, signal)
      if (status === 0) {
        count += this.#signaturesOf(pending).length
        this.#git.tell(['update-ref', REMOTE, pending])
        // Another process may have added to it meanwhile.
        if (this.#replace(pending, undefined)) return count
      }
      await this.catchUp()
      // Nobody else was first, so that it failed for another reason: unless somebody else is at it just now.
      if (status !== 0 && this.#commit(PENDING) === pending) refusals++
      if (refusals > 1) throw failed(words, stderr)
    }
    throw failed(['push'], 'others push to the same branch all the time')
  }

  /** Hears of the branch's newest state, and puts upon it what was not brought there yet. */
  async catchUp(): Promise<void> {
    await this.#fetch()
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const [pending, remote] = [this.#commit(PENDING), this.#commit(REMOTE)]
      if (pending === undefined || this.#baseOf(pending) === remote) return
      const head = this.#signaturesOf(pending).reduce((commit, added) => {
        const there = this.#commits.files(commit, `${added.folder}/`)
        const known = there.some(({ blob }) => blob === added.blob)
        return known ? commit : this.#append(commit, added, remote).commit
      }, remote)
      // In one step, so that a signature that somebody's card has made is never lost.
      if (this.#replace(pending, head === remote ? undefined : head)) return
    }
  }

  async #fetch(): Promise<void> {
    const { place, signal } = this.#wishes
    const words = ['ls-remote', '--symref', '--', place.url]
    const { status, stdout, stderr } = await this.#git.speak(words, signal)
    if (status !== 0) throw failed(words, stderr)
    const main = /^ref: (refs\/heads\/[\w./-]+)\tHEAD$/m.exec(stdout)?.[1] ?? 'refs/heads/main'
    this.#branch = place.branch === undefined ? main : `refs/heads/${place.branch}`
    const there = new Set([...stdout.matchAll(/^[0-9a-f]+\t(\S+)$/gm)].map(([, name]) => name))
    const from = [this.#branch, main].find((name) => there.has(name))
    if (from === undefined) return
    const fetch = ['fetch', '--quiet', '--no-tags', '--', place.url, `+${from}:${REMOTE}`]
    const fetched = await this.#git.speak(fetch, signal)
    if (fetched.status !== 0) throw failed(fetch, fetched.stderr)
  }

  /** However many signatures are added: there is one commit, and it stands upon what they were added to. */
  #append(
    head: string | undefined,
    added: AddedSignature,
    parent: string | undefined
  ): { commit: string; path: string } {
    return this.#commits.append(head, added, { parent, message: this.#wishes.message })
  }

  /** Signatures that a commit adds to the one before it. */
  #signaturesOf(commit: string): AddedSignature[] {
    const known = this.#commits.files(this.#commit(`${commit}^`), '')
    const blobs = new Map(known.map(({ path, blob }) => [path, blob]))
    return this.#commits
      .files(commit, '')
      .filter(({ path, blob }) => blobs.get(path) !== blob)
      .map(({ path, blob }) => ({ folder: path.slice(0, path.lastIndexOf('/')), blob }))
  }

  /** What a commit of signatures stands upon, and the next one would. */
  #baseOf(pending: string | undefined): string | undefined {
    return this.#commit(pending === undefined ? REMOTE : `${pending}^`)
  }

  /** Sets or removes what waits, unless another process has changed it since it was `before`. */
  #replace(before: string | undefined, after: string | undefined): boolean {
    const old = before ?? '0'.repeat(40)
    const words = after === undefined ? ['-d', PENDING, old] : [PENDING, after, old]
    return this.#git.ask(['update-ref', ...words]).status === 0
  }

  #head(): string | undefined {
    return this.#commit(PENDING) ?? this.#commit(REMOTE)
  }

  #commit(name: string): string | undefined {
    const { status, stdout } = this.#git.ask(['rev-parse', '--quiet', '--verify', name])
    return status === 0 ? stdout.toString('utf8').trim() : undefined
  }
}
