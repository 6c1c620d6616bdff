import { createHash, type Hash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'
import type { Digest } from '../../oci/digest.js'
import { fileDigest } from '../snapshot/file-digest.js'
import { type FileFacts, factsOf, linkTarget } from '../snapshot/file-facts.js'
import type { CopySource } from './copy-tree.js'

/**
 * Names what a COPY takes from a folder on this machine by all that can end in a layer: names, types,
 * modes, contents, and times where they are before the epoch. Owners are not part: a build context's
 * files belong to root whoever owns them here.
 * @param includes see {@link SourceTree}
 * @param epoch seconds
 */
export function sourceDigest(
  sources: readonly CopySource[],
  includes: (path: ByteString, isDirectory: boolean) => boolean,
  epoch: number
): Digest {
  const walk = new DigestWalk(includes, epoch)
  for (const source of sources) walk.add(source)
  return walk.digest()
}

class DigestWalk {
  readonly #hash: Hash = createHash('sha256')
  readonly #includes: (path: ByteString, isDirectory: boolean) => boolean
  readonly #epoch: number
  readonly #links = new Map<bigint, number>()

  constructor(includes: (path: ByteString, isDirectory: boolean) => boolean, epoch: number) {
    this.#includes = includes
    this.#epoch = epoch
  }

  add(source: CopySource): void {
    const facts = factsOf(join(source.root, source.path))
    if (facts !== undefined) this.#entry(source.root, source.path, source.name, facts)
  }

  digest(): Digest {
    return `sha256:${this.#hash.digest('hex')}`
  }

  #entry(root: ByteString, path: ByteString, name: ByteString, facts: FileFacts): void {
    const file = join(root, path)
    const content = facts.type === 'file' ? fileDigest(file, facts.size) : ''
    const target = facts.type === 'symlink' ? linkTarget(file) : ''
    const time = Math.min(facts.seconds, this.#epoch)
    const row = [name, facts.type, facts.mode, time, content, target, this.#linkNumber(facts)]
    this.#hash.update(`${JSON.stringify(row)}\n`)
    if (facts.type !== 'directory') return
    for (const child of readdirSync(fsPath(file), { encoding: 'latin1' }).sort(byCodeUnit)) {
      const childPath = path === '' ? child : `${path}/${child}`
      const childFacts = factsOf(join(root, childPath))
      if (childFacts === undefined) continue
      if (!this.#includes(childPath, childFacts.type === 'directory')) continue
      this.#entry(root, childPath, `${name}/${child}`, childFacts)
    }
  }

  /** Which files are one file under several names ends in the layer as hard links. */
  #linkNumber(facts: FileFacts): number {
    if (facts.type === 'directory' || facts.names < 2) return 0
    const number = this.#links.get(facts.inode) ?? this.#links.size + 1
    this.#links.set(facts.inode, number)
    return number
  }
}
