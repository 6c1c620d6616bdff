/** What an ELF file of a test is to say. */
export interface ElfPlan {
  readonly wide: boolean
  readonly littleEndian: boolean
  /** `e_type`: 2 a program, 3 a shared object. */
  readonly type: number
  readonly interpreter?: string
  readonly needed: readonly string[]
}

/** Where in a file the program header table begins; right behind the header. */
const TABLE = { wide: 64, narrow: 52 } as const
const ADDRESS = 0x1000

/** Writes an ELF file of a header, a program header table, strings and a dynamic section. */
export function writeElf(plan: ElfPlan): Buffer {
  const writer = new Writer(plan)
  const entry = plan.wide ? 56 : 32
  const table = plan.wide ? TABLE.wide : TABLE.narrow
  const interpreter = table + 3 * entry
  const interpreterText = Buffer.from(`${plan.interpreter ?? ''}\0`, 'latin1')
  const strings = interpreter + interpreterText.length
  const stringTable = Buffer.from(['', ...plan.needed, ''].join('\0'), 'latin1')
  const dynamic = strings + stringTable.length
  const entries: [number, number][] = []
  let at = 1
  for (const name of plan.needed) {
    entries.push([1, at])
    at += Buffer.byteLength(name, 'latin1') + 1
  }
  entries.push([5, ADDRESS + strings], [0, 0])
  const size = dynamic + entries.length * 2 * writer.width
  const interpreterType = plan.interpreter === undefined ? 4 : 3
  return Buffer.concat([
    writer.header(plan.type, table, entry, 3),
    writer.segment(1, 0, ADDRESS, size),
    writer.segment(interpreterType, interpreter, ADDRESS + interpreter, interpreterText.length),
    writer.segment(2, dynamic, ADDRESS + dynamic, size - dynamic),
    interpreterText,
    stringTable,
    ...entries.flatMap(([tag, value]) => [writer.word(tag), writer.word(value)])
  ])
}

class Writer {
  readonly width: number
  readonly #plan: ElfPlan

  constructor(plan: ElfPlan) {
    this.#plan = plan
    this.width = plan.wide ? 8 : 4
  }

  header(type: number, table: number, entry: number, count: number): Buffer {
    const { wide, littleEndian } = this.#plan
    const identity = Buffer.alloc(16)
    identity.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, littleEndian ? 1 : 2, 1])
    return Buffer.concat([
      identity,
      this.#half(type),
      this.#half(62),
      this.#int(1),
      this.word(0),
      this.word(table),
      this.word(0),
      this.#int(0),
      ...[wide ? 64 : 52, entry, count, 0, 0, 0].map((value) => this.#half(value))
    ])
  }

  segment(type: number, offset: number, address: number, size: number): Buffer {
    const [flags, align] = [this.#int(4), this.word(1)]
    const place = [this.word(offset), this.word(address), this.word(address)]
    const sizes = [this.word(size), this.word(size)]
    const parts = this.#plan.wide
      ? [this.#int(type), flags, ...place, ...sizes, align]
      : [this.#int(type), ...place, ...sizes, flags, align]
    return Buffer.concat(parts)
  }

  word(value: number): Buffer {
    if (!this.#plan.wide) return this.#int(value)
    const bytes = Buffer.alloc(8)
    if (this.#plan.littleEndian) bytes.writeBigUInt64LE(BigInt(value))
    else bytes.writeBigUInt64BE(BigInt(value))
    return bytes
  }

  #half(value: number): Buffer {
    const bytes = Buffer.alloc(2)
    if (this.#plan.littleEndian) bytes.writeUInt16LE(value)
    else bytes.writeUInt16BE(value)
    return bytes
  }

  #int(value: number): Buffer {
    const bytes = Buffer.alloc(4)
    if (this.#plan.littleEndian) bytes.writeUInt32LE(value)
    else bytes.writeUInt32BE(value)
    return bytes
  }
}
