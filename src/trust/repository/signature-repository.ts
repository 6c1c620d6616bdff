import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
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
  mkdirSync(folder, { recursive: true })
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
    const head = this.#head()
    const added = { folder: this.#commits.top(head) + folder, blob: this.#commits.store(bytes) }
    const { commit, path } = this.#append(head, added)
    this.#git.tell(['update-ref', PENDING, commit])
    return `${this.#wishes.place.url}: ${path}`
  }

  async publish(): Promise<number> {
    for (let attempt = 1; this.#commit(PENDING) !== undefined; attempt++) {
      const { place, signal } = this.#wishes
      const count = this.#pending().length
      const words = ['push', '--quiet', '--', place.url, `${PENDING}:${this.#branch}`]
      const { status, stderr } = await this.#git.speak(words, signal)
      if (status === 0) {
        this.#git.tell(['update-ref', REMOTE, PENDING])
        this.#git.tell(['update-ref', '-d', PENDING])
        return count
      }
      const before = this.#commit(REMOTE)
      await this.catchUp()
      // Nobody else was first: it failed for another reason.
      if (this.#commit(REMOTE) === before || attempt >= MOST_ATTEMPTS) throw failed(words, stderr)
    }
    return 0
  }

  /** Hears of the branch's newest state, and puts upon it what was not brought there yet. */
  async catchUp(): Promise<void> {
    const pending = this.#pending()
    await this.#fetch()
    const remote = this.#commit(REMOTE)
    const head = pending.reduce((commit, added) => {
      const there = this.#commits.files(commit, `${added.folder}/`)
      const known = there.some(({ blob }) => blob === added.blob)
      return known ? commit : this.#append(commit, added).commit
    }, remote)
    // In one step, so that a signature that somebody's card has made is never lost.
    if (head !== undefined && head !== remote) this.#git.tell(['update-ref', PENDING, head])
    else if (pending.length > 0) this.#git.tell(['update-ref', '-d', PENDING])
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

  /** The commits that are made stand upon the remote's, however many signatures are added to them. */
  #append(head: string | undefined, added: AddedSignature): { commit: string; path: string } {
    const { message } = this.#wishes
    return this.#commits.append(head, added, { parent: this.#commit(REMOTE), message })
  }

  /** Signatures that were added and not brought to the branch. */
  #pending(): AddedSignature[] {
    const pending = this.#commit(PENDING)
    if (pending === undefined) return []
    const known = this.#commits.files(this.#commit(`${pending}^`), '')
    const blobs = new Map(known.map(({ path, blob }) => [path, blob]))
    return this.#commits
      .files(pending, '')
      .filter(({ path, blob }) => blobs.get(path) !== blob)
      .map(({ path, blob }) => ({ folder: path.slice(0, path.lastIndexOf('/')), blob }))
  }

  #head(): string | undefined {
    return this.#commit(PENDING) ?? this.#commit(REMOTE)
  }

  #commit(name: string): string | undefined {
    const { status, stdout } = this.#git.ask(['rev-parse', '--quiet', '--verify', name])
    return status === 0 ? stdout.toString('utf8').trim() : undefined
  }
}
