import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a program did. */
export interface Outcome {
  readonly status: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly input?: Buffer | string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program to its end, in an environment that is the same everywhere. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Outcome {
  const done = spawnSync(program, args, {
    cwd: options.cwd,
    input: options.input ?? '',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '', ...options.env },
    maxBuffer: 1 << 28,
    timeout: 20_000
  })
  // A program may end before it has read all of its input.
  if (done.error !== undefined && done.status === null) throw done.error
  return { status: done.status, stdout: done.stdout, stderr: done.stderr.toString('latin1') }
}

/** Runs one of the machine's own programs, which must succeed. */
export function reference(program: string, args: readonly string[], options?: RunOptions): Buffer {
  const done = run(program, args, options)
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}`)
  return done.stdout
}

/** Gives the body an empty folder, which is removed behind it. */
export function inFolder<T>(body: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'stage0-tools-'))
  try {
    return body(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
