import { type Digest, hexOf, sha256 } from '../../oci/digest.js'
import type { ChainFiles, ChainInput } from './recipe.js'
import type { DiverseRecord } from './record.js'

/** Something in a record that does not hold here and now. */
export interface RecordMismatch {
  /** `input`: what goes into the chain has changed since; `result`: other bytes come out of it. */
  readonly kind: 'input' | 'result' | 'start'
  readonly name: string
  readonly expected: string
  readonly found: string
}

/** What a record is held against. */
export interface PresentChain {
  readonly seed: Digest
  readonly inputs: readonly ChainInput[]
  /** What the chain from the seed makes. */
  readonly files: ChainFiles
}

/** How many compilers, that share no code, a record must speak of. */
const leastCompilers = 2

/** All that does not hold in a record: it is good where that is nothing. */
export function checkRecord(record: DiverseRecord, present: PresentChain): RecordMismatch[] {
  const made = [...present.files].map(([name, bytes]) => ({ name, digest: sha256(bytes) }))
  return [
    ...startMismatches(record, present.seed),
    ...mismatches('input', record.inputs, present.inputs),
    ...mismatches('result', record.results, made)
  ]
}

function startMismatches({ starts }: DiverseRecord, seed: Digest): RecordMismatch[] {
  const recorded = starts.find(({ from }) => from === 'seed')?.digest
  const others = new Set(starts.map(({ from }) => from).filter((from) => from !== 'seed'))
  const found: RecordMismatch[] = []
  if (recorded !== seed) {
    found.push({ kind: 'start', name: 'seed', expected: hexOf(seed), found: hexOr(recorded) })
  }
  if (others.size < leastCompilers) {
    const expected = `at least ${leastCompilers}`
    found.push({ kind: 'start', name: 'compilers', expected, found: [...others].join(', ') })
  }
  return found
}

function mismatches(
  kind: 'input' | 'result',
  recorded: readonly ChainInput[],
  present: readonly ChainInput[]
): RecordMismatch[] {
  const [before, now] = [byName(recorded), byName(present)]
  const names = new Set([...before.keys(), ...now.keys()])
  return [...names].flatMap((name) => {
    const [expected, found] = [before.get(name), now.get(name)]
    if (expected === found) return []
    return [{ kind, name, expected: hexOr(expected), found: hexOr(found) }]
  })
}

function byName(inputs: readonly ChainInput[]): Map<string, Digest> {
  return new Map(inputs.map(({ name, digest }) => [name, digest]))
}

function hexOr(digest: Digest | undefined): string {
  return digest === undefined ? 'none' : hexOf(digest)
}
