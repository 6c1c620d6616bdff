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
const headers = join(stage0, 'libc/include')
const library = filesOf(join(stage0, 'libc/src'), '.c')
const shared = filesOf(join(stage0, 'tools/shared'), '.c')

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
    toolchain('gcc', missing, (sources) => [gccObject(library), ...sources], linkWithGcc),
    toolchain('cc2', missing, (sources) => [cc2(), ...library, cc2Runtime, ...sources], useCc2)
  ]
}

/** A program compiled by `gcc -m32` against the machine's own C library, to compare with. */
export function hostProgram(source: string): string {
  return build('host', [source], (to) => {
    run('gcc', ['-m32', '-std=gnu99', '-w', '-fno-builtin', source, '-lm', '-o', to])
  })
}

function whyGccCannot(): string | undefined {
  const libgcc = spawnSync('gcc', ['-m32', '-print-libgcc-file-name'], { encoding: 'utf8' })
  if (libgcc.error !== undefined) return 'there is no gcc'
  return existsSync(libgcc.stdout.trim()) ? undefined : 'gcc cannot do -m32 (gcc-multilib)'
}

function toolchain(
  name: string,
  missing: string | undefined,
  inputs: (sources: readonly string[]) => readonly string[],
  compile: (inputs: readonly string[], to: string) => void
): Toolchain {
  const make = (sources: readonly string[]): string => {
    const all = inputs(sources)
    return build(name, all, (to) => {
      compile(all, to)
    })
  }
  return {
    name,
    missing,
    tool: (tool) => make([...shared, join(stage0, 'tools', `${tool}.c`)]),
    program: (source) => make([source])
  }
}

const freestanding = [
  ...['-m32', '-std=c99', '-O1', '-static', '-nostdlib', '-nostdinc', '-ffreestanding'],
  ...['-fno-builtin', '-fno-stack-protector', '-fno-pie', '-no-pie'],
  ...['-Wall', '-Wextra', '-Werror', '-I', headers]
]

function linkWithGcc(inputs: readonly string[], to: string): void {
  run('gcc', [...freestanding, ...inputs, '-lgcc', '-o', to])
}

/** Sources compiled into one object file. */
function gccObject(sources: readonly string[]): string {
  return build('gcc -r', sources, (to) => {
    run('gcc', [...freestanding, '-r', ...sources, '-o', `${to}.o`])
    renameSync(`${to}.o`, to)
  })
}

const cc2Folder = join(stage0, 'cc2')
const cc2Runtime = join(cc2Folder, 'runtime.c')

function useCc2([compiler, ...sources]: readonly string[], to: string): void {
  run(compiler ?? '', ['-I', headers, '-o', to, ...sources])
}

/** cc2 as gcc compiles it: its parts are one text, and a stand-in gives it its system calls. */
function cc2(): string {
  const names = readFileSync(join(cc2Folder, 'sources.txt'), 'utf8').trim().split('\n')
  const parts = names.map((name) => join(cc2Folder, name))
  const sources = [join(root, 'test/cc/stand-in.c'), ...parts]
  return build('gcc', sources, (to) => {
    writeFileSync(`${to}.c`, Buffer.concat(sources.map((source) => readFileSync(source))))
    run('gcc', ['-m32', '-w', '-O1', '-fno-builtin', `${to}.c`, '-o', to])
  })
}

/** What this process tried to build, so that what fails does so once. */
const failures = new Map<string, unknown>()

/** Several processes may build the same at once: each its own file, and the last one's name stays. */
function build(compiler: string, inputs: readonly string[], make: (to: string) => void): string {
  const made = join(kept, `${digestOf(compiler, inputs)}.o`)
  if (existsSync(made)) return made
  if (failures.has(made)) throw failures.get(made)
  const fresh = `${made}.${process.pid}`
  try {
    mkdirSync(kept, { recursive: true })
    make(fresh)
  } catch (error) {
    failures.set(made, error)
    throw error
  }
  renameSync(fresh, made)
  return made
}

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${command} failed: ${done.stderr}`)
}

/** A digest of everything that decides what the compiler makes of its inputs. */
function digestOf(compiler: string, inputs: readonly string[]): string {
  const included = ['libc', 'tools/shared'].flatMap((room) => filesOf(join(stage0, room), '.h'))
  const digest = createHash('sha256').update(`${compiler}\n${freestanding.join(' ')}\n`)
  for (const file of [...included, ...inputs]) digest.update(`${file}\n`).update(readFileSync(file))
  return digest.digest('hex').slice(0, 32)
}

function filesOf(folder: string, suffix: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(byCodeUnit)
}
