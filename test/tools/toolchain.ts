import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync
} from 'node:fs'
import { join, resolve } from 'node:path'
import { byCodeUnit } from '../../src/base/order.js'

const root = resolve(import.meta.dirname, '../..')
const stage0 = join(root, 'packages/bootstrap/stage0')
const libc = join(stage0, 'libc')
const headers = join(libc, 'include')

/** What was built stays here, under names made of all that went into it. */
const kept = join(root, 'node_modules/.cache/stage0-tools')

/** What makes programs of the tools' sources and the small C library. */
export interface Toolchain {
  readonly name: string
  /** Why it cannot be used on this machine; `undefined` where it can. */
  readonly missing: string | undefined
  /** The executable of the tool of this name; built at the first call. */
  tool(name: string): string
  /** The executable of a program of one source file; built at the first call. */
  program(source: string): string
}

/** The toolchains that the suite runs over: gcc, and cc2 as gcc compiles it. */
export function toolchains(): readonly Toolchain[] {
  const missing = whyGccCannot()
  return [
    toolchain('gcc', missing, [], (sources, to) => {
      run('gcc', [...freestanding, '-I', headers, ...sources, '-lgcc', '-o', to])
    }),
    toolchain('cc2', missing, [join(stage0, 'cc2/runtime.c')], (sources, to) => {
      run(compileCc2(), ['-I', headers, '-o', to, ...sources])
    })
  ]
}

const freestanding = [
  ...['-m32', '-std=c99', '-O1', '-static', '-nostdlib', '-nostdinc', '-ffreestanding'],
  ...['-fno-builtin', '-fno-stack-protector', '-fno-pie', '-no-pie'],
  ...['-Wall', '-Wextra', '-Werror']
]

/** A program compiled by `gcc -m32` against the machine's own C library, to compare with. */
export function hostProgram(source: string): string {
  return build('host', [source], (sources, to) => {
    run('gcc', ['-m32', '-std=gnu99', '-w', '-fno-builtin', ...sources, '-lm', '-o', to])
  })
}

function whyGccCannot(): string | undefined {
  const libgcc = spawnSync('gcc', ['-m32', '-print-libgcc-file-name'], { encoding: 'utf8' })
  if (libgcc.error !== undefined) return 'there is no gcc'
  return existsSync(libgcc.stdout.trim()) ? undefined : 'gcc cannot do -m32 (gcc-multilib)'
}

/** Compiles sources into an executable. */
type Compile = (sources: readonly string[], to: string) => void

function toolchain(
  name: string,
  missing: string | undefined,
  runtime: readonly string[],
  compile: Compile
): Toolchain {
  const library = [...filesOf(join(libc, 'src'), '.c'), ...runtime]
  const shared = filesOf(join(stage0, 'tools/shared'), '.c')
  return {
    name,
    missing,
    tool: (tool) =>
      build(name, [...library, ...shared, join(stage0, 'tools', `${tool}.c`)], compile),
    program: (source) => build(name, [...library, source], compile)
  }
}

/** cc2 as gcc compiles it: its parts are one text, and a stand-in gives it its system calls. */
function compileCc2(): string {
  const folder = join(stage0, 'cc2')
  const parts = readFileSync(join(folder, 'sources.txt'), 'utf8').trim().split('\n')
  const sources = [join(root, 'test/cc/stand-in.c'), ...parts.map((part) => join(folder, part))]
  return build('gcc', sources, (_, to) => {
    writeFileSync(`${to}.c`, Buffer.concat(sources.map((source) => readFileSync(source))))
    run('gcc', ['-m32', '-w', '-O1', '-fno-builtin', `${to}.c`, '-o', to])
  })
}

/** Several processes may build the same at once: each its own file, and the last one's name stays. */
function build(compiler: string, sources: readonly string[], compile: Compile): string {
  const executable = join(kept, digestOf(compiler, sources))
  if (existsSync(executable)) return executable
  mkdirSync(kept, { recursive: true })
  const fresh = `${executable}.${process.pid}`
  compile(sources, fresh)
  renameSync(fresh, executable)
  return executable
}

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${command} failed: ${done.stderr}`)
}

/** A digest of everything that decides what the compiler makes of the sources. */
function digestOf(compiler: string, sources: readonly string[]): string {
  const used = ['libc', 'tools/shared', 'cc2'].flatMap((room) => filesOf(join(stage0, room), ''))
  const digest = createHash('sha256').update(`${compiler}\n${freestanding.join(' ')}\n`)
  for (const file of [...used, ...sources]) digest.update(`${file}\n`).update(readFileSync(file))
  return digest.digest('hex').slice(0, 32)
}

function filesOf(folder: string, suffix: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(byCodeUnit)
}
