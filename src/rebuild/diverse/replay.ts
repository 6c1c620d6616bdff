import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../base/process.js'
import { byCodeUnit } from '../../base/order.js'
import { type ForeignCompiler, compileArguments } from './compiler.js'
import { DiverseError } from './diverse-error.js'
import { type ChainFiles, type PackageRecipe, type Recipe, resultName, results } from './recipe.js'

/** The tools that the scripts of TinyCC and musl call. */
const tools = [
  ...['kaem', 'mkdir', 'cp', 'rm', 'ln', 'catm', 'replace', 'patch'],
  ...['sha256sum', 'untar', 'ungzip', 'unbzip2']
]

/** Where the upstream sources of the chain lie, verified. */
export interface ChainSources {
  readonly tcc: string
  readonly musl: string
}

/** One run of the chain that starts from a compiler of this machine. */
export interface Replay {
  readonly compiler: ForeignCompiler
  readonly recipe: Recipe
  /** An empty folder to work in, absolute. */
  readonly folder: string
  /** Where the machine's programs are found. */
  readonly path: string
  /** The verified source files. */
  readonly sources: ChainSources
  readonly signal: AbortSignal
  /** Told what is done next. */
  readonly tell: (line: string) => void
}

/**
 * Goes the way from C to musl with `compiler` in cc2's place: it makes the tools and the first TinyCC, of the
 * same sources; from there on the packages' own scripts run, and nothing of the machine's but its kernel.
 * @returns what came out
 * @throws DiverseError `diverse/step-failed`
 */
export async function replayChain(replay: Replay): Promise<ChainFiles> {
  const { recipe, folder } = replay
  mkdirSync(join(folder, 'bin'))
  replay.tell('tools')
  for (const tool of tools) await compileTool(replay, tool)
  replay.tell('TinyCC')
  await makeTcc(replay)
  copyFileSync(join(folder, 'tcc/out/tcc'), join(folder, 'bin/tcc'))
  chmodSync(join(folder, 'bin/tcc'), 0o755)
  layTccFiles(folder)
  replay.tell('musl')
  layPackage(folder, recipe.musl, 'musl')
  copyFileSync(replay.sources.musl, join(folder, 'musl/musl.tar.gz'))
  await runScripts(replay, 'musl', ['unpack.kaem', 'headers.kaem', 'library.kaem'])
  return new Map(
    results.map((result) => [resultName(result), readFileSync(join(folder, result.made))])
  )
}

async function compileTool(replay: Replay, tool: string): Promise<void> {
  const { stage0 } = replay.recipe
  const sources = [join(stage0, 'tools', `${tool}.c`), ...sourcesIn(join(stage0, 'tools/shared'))]
  await compile(replay, replay.folder, join('bin', tool), sources)
}

async function makeTcc(replay: Replay): Promise<void> {
  layPackage(replay.folder, replay.recipe.tcc, 'tcc')
  copyFileSync(replay.sources.tcc, join(replay.folder, 'tcc/tcc.tar.bz2'))
  await runScripts(replay, 'tcc', ['unpack.kaem'])
  const own = ['-I', 'source/include', '-I', '.', '-I', 'source']
  const definitions = ['-D', 'ONE_SOURCE=1', '-D', 'TCC_TARGET_I386=1']
  const work = join(replay.folder, 'tcc')
  await compile(replay, work, 'tcc-first', [...own, ...definitions, 'source/tcc.c'])
  await runScripts(replay, 'tcc', ['fixpoint.kaem'])
}

/** The package's own files, as its Containerfile copies them. */
function layPackage(folder: string, part: PackageRecipe, name: string): void {
  cpSync(part.folder, join(folder, name), { recursive: true })
}

/** What TinyCC's image holds in /usr/lib/tcc. */
function layTccFiles(folder: string): void {
  const lib = join(folder, 'lib')
  cpSync(join(folder, 'tcc/source/include'), join(lib, 'include'), { recursive: true })
  copyFileSync(join(folder, 'tcc/out/libtcc1.a'), join(lib, 'libtcc1.a'))
}

async function compile(
  replay: Replay,
  cwd: string,
  output: string,
  sources: readonly string[]
): Promise<void> {
  const libc = join(replay.recipe.stage0, 'libc')
  const folders = ['-I', join(libc, 'include'), '-I', join(libc, 'src')]
  const all = [...folders, ...sources, ...sourcesIn(join(libc, 'src'))]
  const { compiler } = replay
  await step(replay, cwd, compiler.program, compileArguments(compiler, output, all), {
    PATH: replay.path
  })
}

async function runScripts(replay: Replay, name: string, scripts: readonly string[]): Promise<void> {
  const { folder, recipe } = replay
  const env = { PATH: join(folder, 'bin'), stage0: recipe.stage0, tcc: join(folder, 'lib') }
  for (const script of scripts) {
    const kaem = join(folder, 'bin/kaem')
    await step(replay, join(folder, name), kaem, ['--verbose', '--file', script], env)
  }
}

async function step(
  { compiler, signal }: Replay,
  cwd: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>
): Promise<void> {
  const { status, stdout, stderr } = await run(program, args, { cwd, env, signal })
  if (status === 0) return
  const words = [program, ...args].join(' ')
  throw new DiverseError('diverse/step-failed', `the chain from ${compiler.program} stopped`, {
    where: words.slice(0, 300),
    expected: 'status 0',
    found: `status ${status}\n${`${stdout}${stderr}`.slice(-2000)}`
  })
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.c'))
  return names.sort(byCodeUnit).map((name) => join(folder, name))
}
