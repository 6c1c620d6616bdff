import { createHash, type Hash } from 'node:crypto'
import { join } from 'node:path'
import type { ByteString } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import type { FileFacts } from '../snapshot/file-facts.js'
import { type CopySource, takes } from './copy-source.js'
import { type HeldName, holdAbove } from './held-folder.js'

/**
 * Names what a COPY takes from a folder on this machine by all that can end in a layer: names, types,
 * modes, contents, and times where they are before the epoch. Owners are not part: a build context's
 * files belong to root whoever owns them here.
 * @param epoch seconds
 */
export function sourceDigest(sources: readonly CopySource[], epoch: number): Digest {
  const walk = new DigestWalk(epoch)
  for (const source of sources) walk.add(source)
  return walk.digest()
}

class DigestWalk {
  readonly #hash: Hash = createHash('sha256')
  readonly #epoch: number
  readonly #links = new Map<bigint, number>()

  constructor(epoch: number) {
    this.#epoch = epoch
  }

  add(source: CopySource): void {
    const held = holdAbove(source.root, source.path)
    try {
      const facts = held.folder.facts(held.name)
      if (facts !== undefined) this.#entry(source, held, '', facts)
    } finally {
      held.folder.close()
    }
  }

  digest(): Digest {
    return `sha256:${this.#hash.digest('hex')}`
  }

  /** @param below the path below the source's own */
  #entry(source: CopySource, held: HeldName, below: ByteString, facts: FileFacts): void {
    const { type, mode, rdev } = facts
    const content = type === 'file' ? held.folder.digest(held.name, facts.size) : ''
    const target = type === 'symlink' ? held.folder.linkTarget(held.name) : ''
    const name = join(source.name, below)
    const links = this.#linkNumber(facts)
    const row = [name, type, mode, this.#timeOf(facts), content, target, links, rdev]
    this.#hash.update(`${JSON.stringify(row)}\n`)
    if (type === 'directory') this.#contents(source, held, below)
  }

  #contents(source: CopySource, held: HeldName, below: ByteString): void {
    const folder = held.folder.folder(held.name)
    try {
      for (const name of folder.names()) {
        const child = below === '' ? name : `${below}/${name}`
        const path = source.path === '' ? child : `${source.path}/${child}`
        const facts = folder.facts(name)
        if (facts === undefined || !source.includes(path, facts.type === 'directory')) continue
        // A folder that is not taken may hold what is.
        if (facts.type !== 'directory' && !takes(source.choice, child)) continue
        this.#entry(source, { folder, name }, child, facts)
      }
    } finally {
      folder.close()
    }
  }

  /**
   * A time that the epoch replaces is none; but its fraction, together with its second, says in the next
   * layer whether a file is the same as before.
   */
  #timeOf({ seconds, nanoseconds }: FileFacts): string | number {
    return seconds < this.#epoch ? `${seconds}.${nanoseconds}` : this.#epoch
  }

  /** Which files are one file under several names ends in the layer as hard links. */
  #linkNumber(facts: FileFacts): number {
    if (facts.type === 'directory' || facts.names < 2) return 0
    const number = this.#links.get(facts.inode) ?? this.#links.size + 1
    this.#links.set(facts.inode, number)
    return number
  }
}
