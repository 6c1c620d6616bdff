import type { ByteString } from '../../base/byte-string.js'
import { runesOf } from './runes.js'

const SLASH = 0x2f

/** A path together with the folders above it: level 0 is its first component, the last level all of it. */
export class Levels {
  readonly path: ByteString
  /** Where each level ends, in bytes. */
  readonly ends: readonly number[]
  #runes: readonly number[] | undefined
  #runeEnds: readonly number[] | undefined

  constructor(path: ByteString) {
    this.path = path
    const ends: number[] = []
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) ends.push(at)
    this.ends = [...ends, path.length]
  }

  get runes(): readonly number[] {
    this.#runes ??= runesOf(this.path)
    return this.#runes
  }

  /** Where each level ends, in runes. */
  get runeEnds(): readonly number[] {
    this.#runeEnds ??= [
      ...this.runes.flatMap((rune, index) => (rune === SLASH ? [index] : [])),
      this.runes.length
    ]
    return this.#runeEnds
  }
}
