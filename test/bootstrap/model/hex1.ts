import { digitValue } from './digit.js'
import { outcomeOf, Stop, type Outcome } from './outcome.js'

type Item = { kind: 'digit'; value: number } | { kind: 'label' | 'distance'; name: number }

/** What hex1 does: `:x` places a label, `%x` is the distance from its own end to that label. */
export function hex1(input: Uint8Array): Outcome {
  return outcomeOf(() => {
    const items = [...readItems(input)]
    const labels = new Map<number, number>()
    emit(items, labels, false)
    return emit(items, labels, true)
  })
}

function* readItems(input: Uint8Array): Generator<Item> {
  for (let at = 0; at < input.length; at++) {
    const byte = input[at] ?? 0
    if (byte === 0x23 || byte === 0x3b) {
      while (at < input.length && input[at] !== 0x0a) at++
    } else if (byte === 0x3a || byte === 0x25) {
      yield { kind: byte === 0x3a ? 'label' : 'distance', name: nameAt(input, ++at) }
    } else if (byte > 0x20) {
      const value = digitValue(byte)
      if (value === undefined) throw new Stop('not a digit')
      yield { kind: 'digit', value }
    }
  }
}

function nameAt(input: Uint8Array, at: number): number {
  const name = input[at]
  if (name === undefined || name <= 0x20) throw new Stop('a name is missing')
  return name
}

function emit(items: readonly Item[], labels: Map<number, number>, final: boolean): Uint8Array {
  const output: number[] = []
  let half: number | undefined
  for (const item of items) {
    if (item.kind === 'digit') {
      if (half !== undefined) output.push(half * 16 + item.value)
      half = half === undefined ? item.value : undefined
      continue
    }
    if (half !== undefined) throw new Stop('half a byte')
    if (item.kind === 'distance') output.push(...distance(labels.get(item.name), output, final))
    else if (!final) place(labels, item.name, output.length)
  }
  if (half !== undefined) throw new Stop('half a byte')
  return Uint8Array.from(output)
}

function place(labels: Map<number, number>, name: number, at: number): void {
  if (labels.has(name)) throw new Stop('placed twice')
  labels.set(name, at)
}

function distance(label: number | undefined, output: number[], final: boolean): Uint8Array {
  if (final && label === undefined) throw new Stop('not placed anywhere')
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE((label ?? 0) - output.length - 4)
  return bytes
}
