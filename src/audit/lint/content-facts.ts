import type { Digest } from '../../oci/digest.js'
import type { ContentReader } from '../../oci/image-tree.js'
import { type ElfFacts, isElf, readElf } from '../elf/read-elf.js'

/** What is known of a file's content. */
export interface ContentFacts {
  readonly elf?: ElfFacts
  /** Those of the texts looked for that stand in it. */
  readonly mentions: readonly string[]
}

/** An ELF file of more bytes is not read: it would have to be held in memory. */
const LARGEST_ELF = 256 * 1024 * 1024

/** Reads the contents of an image's files and keeps what is to be known of each, by digest. */
export class ContentCollector {
  readonly facts = new Map<Digest, ContentFacts>()
  readonly #needles: readonly Needle[]

  /** @param texts to look for, each of at least one character, in Latin-1; see {@link ContentFacts} */
  constructor(texts: readonly string[]) {
    this.#needles = texts.map((text) => ({ text, bytes: Buffer.from(text, 'latin1') }))
  }

  /** A reader for the next file. */
  readonly reader = (size: number): ContentReader => {
    const search = new TextSearch(this.#needles)
    const elf = new ElfCollector(size)
    return {
      take: (piece) => {
        search.take(piece)
        elf.take(piece)
      },
      end: (digest) => {
        const facts = elf.facts()
        const mentions = [...search.found].sort()
        if (facts === undefined && mentions.length === 0) return
        this.facts.set(digest, { mentions, ...(facts && { elf: facts }) })
      }
    }
  }
}

interface Needle {
  readonly text: string
  readonly bytes: Buffer
}

/** Finds texts in a stream that are no mere end of a longer path. */
class TextSearch {
  readonly found = new Set<string>()
  readonly #needles: readonly Needle[]
  /** As many bytes as a text may have in an earlier piece, and the one before it. */
  readonly #overlap: number
  #kept: Buffer = Buffer.alloc(0)
  /** Whether something stood before what is kept. */
  #isCut = false

  constructor(needles: readonly Needle[]) {
    this.#needles = needles
    this.#overlap = 1 + Math.max(0, ...needles.map(({ bytes }) => bytes.length))
  }

  take(piece: Uint8Array): void {
    if (this.#needles.length === this.found.size) return
    const bytes = Buffer.concat([this.#kept, piece])
    for (const { text, bytes: wanted } of this.#needles) {
      if (!this.found.has(text) && this.#mentions(bytes, wanted)) this.found.add(text)
    }
    const cut = Math.max(0, bytes.length - this.#overlap)
    if (cut > 0) this.#isCut = true
    this.#kept = Buffer.from(bytes.subarray(cut))
  }

  #mentions(bytes: Buffer, wanted: Buffer): boolean {
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
      // At the beginning of what was kept, the text was seen before, together with what precedes it.
      if (at === 0 ? !this.#isCut : !isPathByte(bytes[at - 1] ?? 0)) return true
    }
    return false
  }
}

/** Letters, digits, `_`, `-`, `.` and `/`. */
function isPathByte(byte: number): boolean {
  return /[\w.\-/]/.test(String.fromCharCode(byte))
}

/** Keeps a file that begins as an ELF file does. */
class ElfCollector {
  readonly #size: number
  readonly #pieces: Buffer[] = []
  #isWanted: boolean | undefined

  constructor(size: number) {
    this.#size = size
  }

  take(piece: Uint8Array): void {
    if (this.#isWanted === false || piece.length === 0) return
    this.#pieces.push(Buffer.from(piece))
    if (this.#isWanted !== undefined) return
    const start = Buffer.concat(this.#pieces)
    if (start.length < 4) return
    this.#isWanted = isElf(start) && this.#size <= LARGEST_ELF
    if (!this.#isWanted) this.#pieces.length = 0
  }

  facts(): ElfFacts | undefined {
    return this.#isWanted === true ? readElf(Buffer.concat(this.#pieces)) : undefined
  }
}
