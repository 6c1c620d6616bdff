import { rmSync } from 'node:fs'
import { LARGEST_SIGNATURE } from '../sources/signature-source.js'
import { TrustError } from '../trust-error.js'
import type { Git } from './git.js'

/** A file in a commit: its path, and the object that it is. */
export interface StoredFile {
  readonly path: string
  readonly blob: string
}

/** A signature that is to be in a commit: the folder it belongs to, and the object that it is. */
export interface AddedSignature {
  readonly folder: string
  readonly blob: string
}

/** Makes and reads commits that hold signatures. No commit at all, `undefined`, holds nothing. */
export class SignatureCommits {
  readonly #git: Git
  readonly #index: string

  /** @param index the file that `git` keeps its index in */
  constructor(git: Git, index: string) {
    this.#git = git
    this.#index = index
  }

  /** Keeps bytes as they are; gives the object's name. */
  store(bytes: Uint8Array): string {
    return this.#git.tell(['hash-object', '-w', '--no-filters', '--stdin'], bytes)
  }

  /** @throws TrustError `signatures/too-large` */
  read(commit: string | undefined, path: string): Uint8Array | undefined {
    const found = this.files(commit, path).find((file) => file.path === path)
    if (found === undefined) return undefined
    const size = Number(this.#git.tell(['cat-file', '-s', found.blob]))
    if (size <= LARGEST_SIGNATURE) return this.#git.ask(['cat-file', 'blob', found.blob]).stdout
    throw new TrustError('signatures/too-large', 'this is too large to be a signature', {
      where: path,
      expected: `at most ${LARGEST_SIGNATURE} bytes`
    })
  }

  /** Plain files at or below a path; all of them for an empty one. */
  files(commit: string | undefined, path: string): StoredFile[] {
    if (commit === undefined) return []
    const words = ['ls-tree', '-r', '-z', commit, ...(path === '' ? [] : ['--', path])]
    return this.#lines(words).flatMap((line) => {
      const [, blob, name] = /^100\d{3} blob ([0-9a-f]+)\t([^]+)$/.exec(line) ?? []
      return blob === undefined || name === undefined ? [] : [{ blob, path: name }]
    })
  }

  /** Signatures lie in `signatures/` of a tree, and at the top of a repository that has nothing else. */
  top(commit: string | undefined): '' | 'signatures/' {
    if (commit === undefined) return ''
    const names = this.#lines(['ls-tree', '-z', '--name-only', commit])
    return names.includes('signatures') || names.includes('packages') ? 'signatures/' : ''
  }

  /**
   * A commit with one signature more than `head`, at the first number that is free.
   * @param parent the commit that it comes after, which need not be `head`
   */
  append(
    head: string | undefined,
    { folder, blob }: AddedSignature,
    { parent, message }: { readonly parent: string | undefined; readonly message: string }
  ): { readonly commit: string; readonly path: string } {
    const taken = new Set(this.files(head, `${folder}/`).map((file) => file.path))
    let number = 1
    while (taken.has(`${folder}/signature-${number}`)) number++
    const path = `${folder}/signature-${number}`
    this.#git.tell(['read-tree', ...(head === undefined ? ['--empty'] : [head])])
    this.#git.tell(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`])
    const tree = this.#git.tell(['write-tree'])
    rmSync(this.#index, { force: true })
    const parents = parent === undefined ? [] : ['-p', parent]
    return { commit: this.#git.tell(['commit-tree', tree, ...parents, '-m', message]), path }
  }

  #lines(words: readonly string[]): string[] {
    return this.#git.tell(words).split('\0')
  }
}
