import { type Digest, sha256 } from '../../oci/digest.js'
import { memberAt } from './archive-member.js'
import type { ChainFiles } from './recipe.js'

/** What one chain made, and what it was started from. */
export interface Chain {
  /** `seed`, or the name of a compiler. */
  readonly from: string
  readonly files: ChainFiles
}

/** One result, as each chain has it. */
export interface ComparedResult {
  readonly name: string
  readonly identical: boolean
  /** By what the chains were started from, in their order. */
  readonly digests: Readonly<Record<string, Digest>>
}

/** The first byte in which two chains differ. */
export interface FirstDifference {
  readonly name: string
  /** The two chains. */
  readonly between: readonly [string, string]
  /** Of the byte in the file, from 0. */
  readonly offset: number
  /** In an archive, the member that it lies in. */
  readonly member?: string
  /** What each chain has there: a byte in hexadecimal, or that its file ends before. */
  readonly found: readonly [string, string]
}

/** How far chains agree. */
export interface ChainAgreement {
  readonly results: readonly ComparedResult[]
  /** Absent where all chains made the same bytes. */
  readonly difference?: FirstDifference
}

/** Compares what all chains made with what the first of them made. */
export function compareChains(chains: readonly [Chain, ...Chain[]]): ChainAgreement {
  const [first, ...others] = chains
  const results = [...first.files.keys()].map((name) => compareResult(name, chains))
  for (const [name, bytes] of first.files) {
    for (const other of others) {
      const found = firstDifference(bytes, bytesOf(other, name))
      if (found !== undefined) {
        return { results, difference: { name, between: [first.from, other.from], ...found } }
      }
    }
  }
  return { results }
}

function compareResult(name: string, chains: readonly Chain[]): ComparedResult {
  const digests = chains.map((chain): [string, Digest] => {
    return [chain.from, sha256(bytesOf(chain, name))]
  })
  const identical = new Set(digests.map(([, digest]) => digest)).size === 1
  return { name, identical, digests: Object.fromEntries(digests) }
}

function bytesOf({ files }: Chain, name: string): Buffer {
  return files.get(name) ?? Buffer.alloc(0)
}

function firstDifference(
  a: Buffer,
  b: Buffer
): Pick<FirstDifference, 'offset' | 'member' | 'found'> | undefined {
  if (a.equals(b)) return undefined
  let offset = 0
  while (offset < a.length && a[offset] === b[offset]) offset++
  const member = memberAt(a, offset)
  return {
    offset,
    ...(member !== undefined && { member }),
    found: [byteAt(a, offset), byteAt(b, offset)]
  }
}

function byteAt(bytes: Buffer, offset: number): string {
  const byte = bytes[offset]
  return byte === undefined ? 'the end' : byte.toString(16).padStart(2, '0')
}
