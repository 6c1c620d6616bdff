import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { isFolder } from '../base/is-folder.js'
import { nearestExisting } from '../base/nearest-existing.js'
import { CliError } from './cli-error.js'
import { type Output, type OutputStream, outputTo } from './output.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Everything a command may know of the world around it; made once, where the program begins. */
export interface CommandContext {
  /** The folder that stagex itself runs from: its own tree, tests and documents lie there. */
  readonly checkout: string
  /** The folder of the tree to work on: the one that holds `packages/`. */
  readonly root: string
  /** The folder of the store and of everything else that is kept between runs; it may not exist yet. */
  readonly home: string
  /** Whether reports are JSON on standard output. */
  readonly json: boolean
  readonly cwd: string
  readonly env: Environment
  readonly stdout: Output
  readonly stderr: Output
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Aborted when the person presses Ctrl-C or the program is asked to end. A command that asks for it takes
   * on to stop its work soon afterwards; one that never asks is ended at once.
   */
  interruption(): AbortSignal
}

/** What the process brings along. */
export interface World {
  readonly checkout: string
  readonly cwd: string
  readonly env: Environment
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  now(): number
  interruption(): AbortSignal
}

/** The options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly color: boolean
  readonly home?: string
  readonly root?: string
}

/** @throws CliError `cli/no-such-folder` */
export function contextOf(world: World, options: GlobalOptions): CommandContext {
  const { checkout, cwd, env } = world
  return {
    checkout,
    root: rootOf(world, options.root),
    home: storeFolder(homeOf(env, cwd, options.home)),
    json: options.json === true,
    cwd,
    env,
    stdout: outputTo(world.stdout, env, options.color),
    stderr: outputTo(world.stderr, env, options.color),
    now: () => world.now(),
    interruption: () => world.interruption()
  }
}

/** The named tree, else the nearest one upwards, else stagex's own. */
function rootOf({ checkout, cwd }: World, named: string | undefined): string {
  if (named === undefined) return nearestTree(cwd) ?? checkout
  const root = resolve(cwd, named)
  if (isFolder(root)) return root
  throw new CliError('cli/no-such-folder', `there is no folder ${named}`, {
    kind: 'usage',
    where: root,
    expected: 'the folder of a tree, which holds packages/',
    hint: 'correct --root, or leave it out to use the tree around the working directory'
  })
}

/** A `packages` folder alone is no sign: other projects have one. A stage in it is. */
function nearestTree(from: string): string | undefined {
  const stages = ['bootstrap', 'core', 'pallet', 'user']
  for (let folder = from; ; folder = dirname(folder)) {
    if (stages.some((stage) => existsSync(join(folder, 'packages', stage)))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/** Told here, before a command does half its work: no store can be made of a file, nor below one. */
function storeFolder(home: string): string {
  const { path, isFolder } = nearestExisting(home)
  if (isFolder) return home
  throw new CliError('cli/no-such-folder', 'the store cannot lie here', {
    kind: 'usage',
    where: path,
    expected: 'a folder, or a name that is still free',
    found: 'a file',
    hint: 'name another folder: --home <folder> or STAGEX_HOME=<folder>'
  })
}

/** `--home`, `STAGEX_HOME`, or a folder among the user's data (XDG base directory specification). */
function homeOf(env: Environment, cwd: string, named: string | undefined): string {
  const chosen = named ?? env['STAGEX_HOME'] ?? ''
  if (chosen !== '') return resolve(cwd, chosen)
  const data = env['XDG_DATA_HOME'] ?? ''
  // The specification has relative values ignored.
  if (isAbsolute(data)) return join(data, 'stagex')
  return join(env['HOME'] ?? homedir(), '.local/share/stagex')
}
