import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { release, userInfo } from 'node:os'
import { delimiter } from 'node:path'
import { type Finished, run } from '../../base/process.js'

/** What an inspection may ask of a machine. A stand-in in tests is any other object of this shape. */
export interface Machine {
  /** As Node names it: `linux`, `x64`. */
  readonly platform: string
  readonly architecture: string
  readonly kernelRelease: string
  readonly nodeVersion: string
  readonly nodePath: string
  readonly uid: number
  readonly user: string
  /** The folder of the store; overlays and programs are tried out beside it. It may not exist yet. */
  readonly home: string
  /** The text of a file; undefined where it cannot be read. */
  readonly readText: (file: string) => string | undefined
  /** Whether this user may write to a file or folder. */
  readonly mayWrite: (path: string) => boolean
  /** The file that a program's name stands for. */
  readonly findProgram: (name: string) => string | undefined
  /** @throws the system's error where the program cannot be started */
  readonly run: (program: string, args: readonly string[]) => Promise<Finished>
}

/** A probe that takes longer than this many milliseconds hangs. */
const probeTimeout = 20_000

/** The machine that this process runs on. */
export function thisMachine(
  home: string,
  env: Readonly<Record<string, string | undefined>>
): Machine {
  const { uid, username } = userInfo()
  return {
    platform: process.platform,
    architecture: process.arch,
    kernelRelease: release(),
    nodeVersion: process.versions.node,
    nodePath: process.execPath,
    uid,
    user: username,
    home,
    readText,
    mayWrite: (path) => allows(path, constants.W_OK),
    findProgram: (name) => findProgram(name, env['PATH'] ?? ''),
    run: (program, args) => run(program, args, { signal: AbortSignal.timeout(probeTimeout) })
  }
}

/** Administrators' folders are looked through too: an ordinary user's PATH often lacks them. */
function findProgram(name: string, path: string): string | undefined {
  const folders = [...path.split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin']
  return folders
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => `${folder}/${name}`)
    .find((file) => isFile(file) && allows(file, constants.X_OK))
}

/** Asked first, because most are not there, and what is refused costs an error. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    return false
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function allows(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
