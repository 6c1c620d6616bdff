import { ContainerfileError } from './containerfile-error.js'
import type {
  ArgInstruction,
  Containerfile,
  Directive,
  FromInstruction,
  Instruction,
  Stage,
  StageInstruction
} from './instruction.js'
import type { Position } from './position.js'
import { DirectiveReader } from './syntax/directives.js'
import { LineReader, isBlankOrComment, withoutNewline } from './syntax/logical-line.js'
import { parseInstruction } from './syntax/parse-instruction.js'
import { readStatement } from './syntax/statement.js'

/** Largest file that is read, in UTF-16 code units. */
const MAX_LENGTH = 4 << 20

/** Longest line, in bytes without its newline: BuildKit reads no longer ones. */
const MAX_LINE = 65535

/** As many problems of one file are told at once; then reading stops. */
const MAX_PROBLEMS = 20

/**
 * Reads a Containerfile (Dockerfile syntax, as BuildKit 0.26 has it). `fileName` is what errors say.
 * Nothing is expanded yet. Linear in time and memory.
 *
 * @throws {ContainerfileError} for the first problem; its `further` has the others
 */
export function parseContainerfile(text: string, fileName: string): Containerfile {
  refuseUnreadable(text, fileName)
  const parser = new Parser(text, fileName)
  parser.readAll()
  return parser.finish()
}

/**
 * The text of a Containerfile's bytes.
 *
 * @throws {ContainerfileError} `containerfile/not-utf8` at the first line that is not UTF-8
 */
export function decodeContainerfile(bytes: Uint8Array, fileName: string): string {
  const text = Buffer.from(bytes).toString('utf8')
  if (Buffer.from(text, 'utf8').equals(bytes)) return text
  throw new ContainerfileError(
    'containerfile/not-utf8',
    placeAfter(
      { file: fileName, line: 1, column: 1 },
      text.slice(0, firstBadCharacter(text, bytes))
    ),
    'the file is not UTF-8 text'
  )
}

/** Where the decoded text first differs from the bytes; U+FFFD may also stand in a valid file. */
function firstBadCharacter(text: string, bytes: Uint8Array): number {
  const again = Buffer.from(text, 'utf8')
  const index = again.findIndex((byte, at) => byte !== bytes[at])
  return again
    .subarray(0, Math.max(0, index))
    .toString('utf8')
    .replace(/\ufffd$/, '').length
}

/**
 * Reads one trigger of a base image's config.
 *
 * @throws {ContainerfileError} `containerfile/bad-trigger` when it is anything but one instruction
 */
export function parseTrigger(trigger: string, position: Position): StageInstruction {
  if (trigger.includes('\0')) throw badTrigger(trigger, position)
  const reader = new LineReader(position, trigger)
  const instructions = [...readInstructions(reader, new DirectiveReader())]
  const [instruction] = instructions
  if (instruction === undefined || instructions.length > 1 || instruction.kind === 'from') {
    throw badTrigger(trigger, position)
  }
  return instruction
}

function badTrigger(trigger: string, position: Position): ContainerfileError {
  const message = 'a trigger of the base image is not one instruction'
  return new ContainerfileError('containerfile/bad-trigger', position, message, { found: trigger })
}

function* readInstructions(
  reader: LineReader,
  directives: DirectiveReader,
  failed?: (error: ContainerfileError) => 'go on' | 'stop'
): Generator<Instruction> {
  for (let raw = reader.nextRaw(); raw !== undefined; raw = reader.nextRaw()) {
    try {
      const instruction = readInstruction(reader, directives, raw)
      if (instruction !== undefined) yield instruction
    } catch (error) {
      if (!(error instanceof ContainerfileError) || failed === undefined) throw error
      if (failed(error) === 'stop') return
    }
  }
}

function readInstruction(
  reader: LineReader,
  directives: DirectiveReader,
  raw: string
): Instruction | undefined {
  const line = withoutNewline(raw)
  directives.offer(line, reader.positionAt())
  if (isBlankOrComment(line)) return undefined
  const logical = reader.join(raw, directives.escape)
  const whole = { line: logical, offset: 0, text: logical.text }
  return parseInstruction(readStatement(reader, whole, directives.escape))
}

interface OpenStage {
  readonly from: FromInstruction
  readonly instructions: StageInstruction[]
}

class Parser {
  readonly #fileName: string
  readonly #size: number
  readonly #reader: LineReader
  readonly #directives = new DirectiveReader()
  readonly #problems: ContainerfileError[] = []
  readonly #globalArgs: ArgInstruction[] = []
  readonly #stages: OpenStage[] = []

  constructor(text: string, fileName: string) {
    this.#fileName = fileName
    this.#size = text.length
    this.#reader = new LineReader(fileName, text)
  }

  readAll(): void {
    const failed = (error: ContainerfileError): 'go on' | 'stop' => this.#problem(error)
    for (const each of readInstructions(this.#reader, this.#directives, failed)) {
      if (this.#place(each) === 'stop') return
    }
  }

  finish(): Containerfile {
    if (this.#stages.length === 0 && this.#problems.length === 0) this.#problems.push(this.#empty())
    const [first, ...further] = this.#problems
    if (first !== undefined) {
      first.further = further
      throw first
    }
    const directives: readonly Directive[] = this.#directives.directives
    return {
      fileName: this.#fileName,
      size: this.#size,
      directives,
      escape: this.#directives.escape,
      globalArgs: this.#globalArgs,
      stages: this.#stages.map(closeStage)
    }
  }

  #place(instruction: Instruction): 'go on' | 'stop' {
    const stage = this.#stages.at(-1)
    if (instruction.kind === 'from') this.#stages.push({ from: instruction, instructions: [] })
    else if (stage !== undefined) stage.instructions.push(instruction)
    else if (instruction.kind === 'arg') this.#globalArgs.push(instruction)
    else return this.#problem(beforeFrom(instruction))
    return 'go on'
  }

  #problem(error: ContainerfileError): 'go on' | 'stop' {
    this.#problems.push(error)
    return this.#problems.length < MAX_PROBLEMS ? 'go on' : 'stop'
  }

  #empty(): ContainerfileError {
    const nothing = this.#globalArgs.length === 0
    return new ContainerfileError(
      nothing ? 'containerfile/no-instructions' : 'containerfile/no-stage',
      this.#reader.positionAt(),
      nothing ? 'the file has no instructions' : 'the file has no stage to build',
      { expected: 'FROM' }
    )
  }
}

function closeStage(stage: OpenStage, index: number): Stage {
  const name = stage.from.name?.text
  return { index, ...(name === undefined ? {} : { name }), ...stage }
}

function beforeFrom(instruction: StageInstruction): ContainerfileError {
  return new ContainerfileError(
    'containerfile/instruction-before-from',
    instruction.position,
    `${instruction.kind.toUpperCase()} stands before the first FROM`,
    { expected: 'FROM, or ARG', found: instruction.kind.toUpperCase() }
  )
}

function refuseUnreadable(text: string, fileName: string): void {
  const start = { file: fileName, line: 1, column: 1 }
  if (text.length > MAX_LENGTH) {
    throw new ContainerfileError(
      'containerfile/too-large',
      start,
      'the file is too large to be a Containerfile',
      { expected: `at most ${MAX_LENGTH} characters`, found: `${text.length}` }
    )
  }
  refuseLongLine(text, start)
  const nul = text.indexOf('\0')
  if (nul < 0) return
  throw new ContainerfileError(
    'containerfile/nul-character',
    placeAfter(start, text.slice(0, nul)),
    'the file holds a NUL character, which no path, argument or variable can'
  )
}

function refuseLongLine(text: string, start: Position): void {
  let begin = 0
  while (begin < text.length) {
    const newline = text.indexOf('\n', begin)
    const end = newline < 0 ? text.length : newline
    // A UTF-16 code unit is at most three bytes: most lines need no counting.
    if (3 * (end - begin) > MAX_LINE && Buffer.byteLength(text.slice(begin, end)) > MAX_LINE) {
      throw new ContainerfileError(
        'containerfile/too-large',
        placeAfter(start, text.slice(0, begin)),
        `a line is longer than ${MAX_LINE} bytes`
      )
    }
    begin = end + 1
  }
}

function placeAfter(start: Position, text: string): Position {
  const newlines = text.split('\n').length - 1
  const column = newlines === 0 ? start.column + text.length : text.length - text.lastIndexOf('\n')
  return { file: start.file, line: start.line + newlines, column }
}
