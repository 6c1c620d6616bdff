import type { ByteString } from '../../base/byte-string.js'
import { ByteView } from './byte-view.js'

/** What an ELF file says of how it is started; System V ABI, chapters 4 and 5. */
export interface ElfFacts {
  readonly kind: 'object' | 'program' | 'shared' | 'other'
  /** The program that the kernel starts in its place (PT_INTERP). */
  readonly interpreter?: ByteString
  /** Names of the shared libraries that it needs (DT_NEEDED), as written. */
  readonly needed: readonly ByteString[]
}

/** What a file may claim of itself; real ones stay far below. */
const MOST_SEGMENTS = 4096
const MOST_DYNAMIC_ENTRIES = 65_536
const MOST_NEEDED = 1024
const LONGEST_NAME = 4096

const LOAD = 1
const DYNAMIC = 2
const INTERPRETER = 3
const NEEDED = 1
const STRING_TABLE = 5

/** Whether a file begins as an ELF file does. */
export function isElf(start: Uint8Array): boolean {
  return start[0] === 0x7f && start[1] === 0x45 && start[2] === 0x4c && start[3] === 0x46
}

/**
 * Reads a whole ELF file of 32 or 64 bits, of either byte order; undefined where it is none. Nothing in it
 * is trusted: what leads out of the file, or goes on for too long, is passed over.
 */
export function readElf(bytes: Buffer): ElfFacts | undefined {
  const [wide, order] = [bytes[4], bytes[5]]
  if (!isElf(bytes) || (wide !== 1 && wide !== 2) || (order !== 1 && order !== 2)) return undefined
  const view = new ByteView(bytes, wide === 2, order === 1)
  const segments = readSegments(view)
  const interpreter = segments.find(({ type }) => type === INTERPRETER)
  const text = interpreter === undefined ? undefined : view.text(interpreter.offset, LONGEST_NAME)
  return {
    kind: kindOf(view.half(16)),
    needed: neededLibraries(view, segments),
    ...(text !== undefined && text !== '' && { interpreter: text })
  }
}

function kindOf(type: number | undefined): ElfFacts['kind'] {
  const kinds = new Map<number | undefined, ElfFacts['kind']>([
    [1, 'object'],
    [2, 'program'],
    [3, 'shared']
  ])
  return kinds.get(type) ?? 'other'
}

/** One entry of the program header table. */
interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  /** Bytes in the file. */
  readonly size: number
}

function readSegments(view: ByteView): Segment[] {
  const { wide } = view
  const table = view.word(wide ? 32 : 28) ?? 0
  const entrySize = view.half(wide ? 54 : 42) ?? 0
  const count = Math.min(view.half(wide ? 56 : 44) ?? 0, MOST_SEGMENTS)
  if (table === 0 || entrySize < (wide ? 56 : 32)) return []
  const segments: Segment[] = []
  for (let index = 0; index < count; index++) {
    const at = table + index * entrySize
    const [type, offset] = [view.int(at), view.word(at + (wide ? 8 : 4))]
    const [address, size] = [view.word(at + (wide ? 16 : 8)), view.word(at + (wide ? 32 : 16))]
    if (type === undefined || offset === undefined) break
    if (address !== undefined && size !== undefined) segments.push({ type, offset, address, size })
  }
  return segments
}

function neededLibraries(view: ByteView, segments: readonly Segment[]): ByteString[] {
  const dynamic = segments.find(({ type }) => type === DYNAMIC)
  if (dynamic === undefined) return []
  const names: number[] = []
  let strings: number | undefined
  for (const [tag, value] of dynamicEntries(view, dynamic)) {
    if (tag === NEEDED && names.length < MOST_NEEDED) names.push(value)
    if (tag === STRING_TABLE) strings = fileOffset(segments, value)
  }
  if (strings === undefined) return []
  const base = strings
  return names.flatMap((name) => view.text(base + name, LONGEST_NAME) ?? [])
}

function* dynamicEntries(
  view: ByteView,
  { offset, size }: Segment
): Generator<readonly [tag: number, value: number]> {
  const width = view.wide ? 8 : 4
  const count = Math.min(Math.floor(size / (2 * width)), MOST_DYNAMIC_ENTRIES)
  for (let index = 0; index < count; index++) {
    const at = offset + index * 2 * width
    const [tag, value] = [view.word(at), view.word(at + width)]
    if (tag === undefined || value === undefined || tag === 0) return
    yield [tag, value]
  }
}

/** Where in the file the byte lies that is at an address once the file is loaded. */
function fileOffset(segments: readonly Segment[], address: number): number | undefined {
  const segment = segments.find((each) => {
    return each.type === LOAD && address >= each.address && address - each.address < each.size
  })
  return segment && segment.offset + address - segment.address
}
