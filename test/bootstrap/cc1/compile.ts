import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where the sources that the tests compile lie. */
export const here = resolve(import.meta.dirname)

/** How a program ended, and what it printed. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program in `folder`. Text is one character for each byte. */
export function run(folder: string, program: string, args: readonly string[]): Ended {
  const done = spawnSync(join(folder, program), args, {
    cwd: folder,
    encoding: 'latin1',
    env: { A: '1' }
  })
  return { status: done.status, stdout: done.stdout, stderr: done.stderr }
}

/** What cc1 says to sources in `folder`; its output is `program.M1`. */
export function cc1(folder: string, sources: readonly string[]): Ended {
  rmSync(join(folder, 'program.M1'), { force: true })
  return run(folder, 'bin/cc1', ['program.M1', ...sources])
}

/** Makes `folder/program` of sources, with cc1, M0 and hex2. @throws where one of them fails */
export function build(folder: string, sources: readonly string[]): void {
  need(cc1(folder, sources))
  const steps: [string, ...string[]][] = [
    ['bin/catm', 'program.full.M1', 'x86_defs.M1', 'program.M1'],
    ['bin/M0', 'program.full.M1', 'program.code'],
    ['bin/catm', 'program.hex2', 'ELF-i386.hex2', 'program.code'],
    ['bin/hex2', 'program.hex2', 'program']
  ]
  for (const [program, ...args] of steps) need(run(folder, program, args))
}

function need(ended: Ended): void {
  if (ended.status !== 0) throw new Error(ended.stderr)
}

/** Makes `folder/expected` of the same sources with gcc, in which integers wrap around too. */
export function buildWithGcc(folder: string, sources: readonly string[]): void {
  const all = [join(here, 'stand-in.c'), ...sources.map((source) => resolve(folder, source))]
  const text = all.map((source) => readFileSync(source, 'latin1')).join('\n')
  const options = ['-m32', '-w', '-O0', '-fwrapv', '-fno-builtin', '-x', 'c']
  const compiler = 'gcc'
  const done = spawnSync(compiler, [...options, '-o', join(folder, 'expected'), '-'], {
    input: text,
    encoding: 'latin1'
  })
  if (done.status !== 0) throw new Error(done.stderr)
}

/** Why gcc cannot be compared with; `undefined` if it can. */
export function whyNoGcc(): string | undefined {
  const compiler = 'gcc'
  const done = spawnSync(compiler, ['-m32', '-x', 'c', '-o', '/dev/null', '-'], {
    input: 'int main(void) { return 0; }'
  })
  if (done.error !== undefined) return 'there is no gcc'
  return done.status === 0 ? undefined : 'gcc cannot do -m32 (gcc-multilib)'
}
