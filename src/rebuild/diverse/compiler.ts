import { existsSync } from 'node:fs'
import { type RunOptions, run } from '../../base/process.js'
import { DiverseError } from './diverse-error.js'

/** A compiler of this machine that can stand in for cc2, and shares no code with it. */
export interface ForeignCompiler {
  readonly program: CompilerName
  /** The first line of what `--version` prints. */
  readonly version: string
  /** libgcc.a for 32-bit x86: what its code calls for arithmetic that the machine does not have. */
  readonly support: string
}

/** The compilers that are known to do. */
export const compilerNames = ['gcc', 'clang'] as const

/** The name of such a compiler, which is also the program's. */
export type CompilerName = (typeof compilerNames)[number]

/** C as cc2 compiles it (integers wrap, memory has no types), for a machine with nothing but a kernel. */
const flags = [
  ...['-m32', '-std=gnu99', '-O1', '-w', '-fwrapv', '-fno-strict-aliasing'],
  ...['-static', '-nostdlib', '-nostdinc', '-ffreestanding', '-fno-builtin'],
  ...['-fno-stack-protector', '-fno-pie', '-no-pie']
]

/** The arguments with which a compiler makes the program `output`. */
export function compileArguments(
  compiler: ForeignCompiler,
  output: string,
  sourcesAndFolders: readonly string[]
): string[] {
  return [...flags, '-o', output, ...sourcesAndFolders, compiler.support]
}

/**
 * Looks for a compiler and for what it needs to make 32-bit programs.
 * @throws DiverseError `diverse/no-compiler`, with what to install
 */
export async function findCompiler(
  program: CompilerName,
  options: RunOptions
): Promise<ForeignCompiler> {
  const version = await firstLine(program, ['--version'], options)
  const runtime = program === 'clang' ? ['--rtlib=libgcc'] : []
  const ask = ['-m32', ...runtime, '-print-libgcc-file-name']
  const support = version === undefined ? undefined : await firstLine(program, ask, options)
  if (version !== undefined && support !== undefined && existsSync(support)) {
    return { program, version, support }
  }
  const found =
    version === undefined ? `no program ${program}` : `${version}, without 32-bit libgcc`
  throw new DiverseError('diverse/no-compiler', `${program} cannot make 32-bit programs here`, {
    expected: `${program} with -m32 and libgcc.a`,
    found,
    hint: 'on Debian: apt-get install gcc gcc-multilib clang; or choose with --from'
  })
}

async function firstLine(
  program: string,
  args: readonly string[],
  options: RunOptions
): Promise<string | undefined> {
  try {
    const { status, stdout } = await run(program, args, options)
    const [line = ''] = stdout.split('\n')
    return status === 0 && line !== '' ? line : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
