import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, readSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stage0Folder } from '../steps.js'

/** A line of the witness's log. */
export type WitnessedEvent =
  | { readonly kind: 'begin'; readonly sandbox: number }
  | { readonly kind: 'end'; readonly sandbox: number }
  | {
      readonly kind: 'file' | 'executed'
      readonly sandbox: number
      /** SHA-256 of the content, 64 hexadecimal digits. */
      readonly digest: string
      /** In the sandbox's root; a `!` stands in front of one that is not on its file system. */
      readonly path: string
    }

const sources = join(import.meta.dirname, 'witness')
const shared = join(stage0Folder, 'tools/shared')

/**
 * Compiles the witness, with the SHA-256 of stage0's tools.
 * @returns its file; undefined where there is no C compiler, or where one may not watch as this user:
 * programs with rights of their own, which make namespaces for ordinary users, lose them under a watch
 */
export function compileWitness(): string | undefined {
  if (process.getuid?.() !== 0) return undefined
  const file = join(mkdtempSync(join(tmpdir(), 'stagex-witness-')), 'witness')
  const names = readdirSync(sources).filter((name) => name.endsWith('.c'))
  const paths = [...names.map((name) => join(sources, name)), join(shared, 'sha256.c')]
  try {
    execFileSync('gcc', ['-O2', '-Wall', '-I', shared, '-o', file, ...paths], { stdio: 'pipe' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return spawnSync(file, [`${file}.try`, 'true']).status === 0 ? file : undefined
}

/**
 * Runs a command under the witness.
 * @throws where the command fails
 */
export function witness(
  program: string,
  log: string,
  command: readonly string[]
): Generator<WitnessedEvent> {
  const { status, stderr } = spawnSync(program, [log, ...command], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command.join(' ')}: ${String(status)}: ${stderr}`)
  return readLog(log)
}

function* readLog(log: string): Generator<WitnessedEvent> {
  for (const line of linesOf(log)) {
    const match = /^(\w+) (\d+)(?: ([0-9a-f]{64}) (.*))?$/.exec(line)
    const [, kind, number, digest, path] = match ?? []
    const sandbox = Number(number)
    if (kind === 'begin' || kind === 'end') yield { kind, sandbox }
    else if ((kind === 'file' || kind === 'executed') && digest !== undefined && path !== undefined)
      yield { kind, sandbox, digest, path }
    else throw new Error(`the witness wrote: ${line}`)
  }
}

/** The lines of a file that may be larger than a string. */
function* linesOf(file: string): Generator<string> {
  const descriptor = openSync(file, 'r')
  const buffer = Buffer.alloc(1 << 20)
  let rest = ''
  try {
    for (;;) {
      const size = readSync(descriptor, buffer)
      if (size === 0) return
      const lines = (rest + buffer.toString('latin1', 0, size)).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    closeSync(descriptor)
  }
}
