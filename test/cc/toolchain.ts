import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from '../../src/base/process.js'

const root = resolve(import.meta.dirname, '../..')

/** Where cc2 is written. */
export const cc2Folder = join(root, 'packages/bootstrap/stage0/cc2')

/** The functions that code by cc2 calls: part of every program. */
export const runtime = join(cc2Folder, 'runtime.c')

/** The folder of `show.h`, by which test programs print. */
const headers = join(import.meta.dirname, 'include')

/** What was built stays here, under the digest of its source. */
const kept = join(root, 'node_modules/.cache/cc2')

/** Why gcc cannot stand in for cc1 on this machine; `undefined` where it can. */
export function whyNoGcc(): string | undefined {
  const library = spawnSync('gcc', ['-m32', '-print-libgcc-file-name'], { encoding: 'utf8' })
  if (library.error !== undefined) return 'there is no gcc'
  return existsSync(library.stdout.trim()) ? undefined : 'gcc cannot do -m32 (gcc-multilib)'
}

/** cc2's source as cc1 gets it: one text. */
export function cc2Source(): Buffer {
  const parts = readFileSync(join(cc2Folder, 'sources.txt'), 'utf8').trim().split('\n')
  return Buffer.concat(parts.map((part) => readFileSync(join(cc2Folder, part))))
}

/**
 * The path of a cc2 that gcc compiled, built at the first call. Small C's integers wrap around and its
 * pointers may point at anything, which gcc has to be told.
 * @throws Error with gcc's own words where it fails
 */
export function buildCc2(): string {
  const standIn = readFileSync(join(import.meta.dirname, 'stand-in.c'))
  const source = Buffer.concat([standIn, cc2Source()])
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 32)
  const executable = join(kept, digest)
  if (existsSync(executable)) return executable
  mkdirSync(kept, { recursive: true })
  const fresh = `${executable}.${process.pid}`
  writeFileSync(`${fresh}.c`, source)
  const flags = ['-m32', '-std=gnu99', '-w', '-O1', '-fwrapv', '-fno-strict-aliasing']
  const done = spawnSync('gcc', [...flags, '-fno-builtin', '-o', fresh, `${fresh}.c`])
  if (done.status !== 0) throw new Error(`gcc failed: ${done.stderr.toString()}`)
  renameSync(fresh, executable)
  return executable
}

/**
 * Compiles a program by gcc with cc2's choices: 32 bits, integers that wrap around, floating-point
 * operations rounded to their own type.
 */
export async function compileByGcc(source: string, to: string): Promise<void> {
  const flags = ['-m32', '-std=gnu99', '-w', '-fwrapv', '-fno-builtin', '-msse2', '-mfpmath=sse']
  await succeed('gcc', [...flags, '-I', headers, '-o', to, source])
}

/** Compiles a program of one file by cc2. */
export async function compileByCc2(cc2: string, source: string, to: string): Promise<void> {
  await succeed(cc2, ['-I', headers, '-o', to, source, runtime])
}

/**
 * What a program prints, and its status where that is not 0.
 * @throws Error where the program does not end within ten seconds
 */
export async function outputOf(program: string): Promise<string> {
  const { status, stdout } = await run(program, [], { signal: AbortSignal.timeout(10_000) })
  return status === 0 ? stdout : `${stdout}status ${status}\n`
}

async function succeed(command: string, args: readonly string[]): Promise<void> {
  const done = await run(command, args)
  if (done.status !== 0) throw new Error(`${command} failed: ${done.stderr}`)
}
