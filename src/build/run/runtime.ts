import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'
import { nextInMemory } from './memory-folder.js'
import type { Sandbox } from './sandbox.js'
import { runtimeConfig } from './sandbox-spec.js'
import { type CompiledFilter, compiledFilter } from './seccomp/compiled-filter.js'

/** A program that runs sandboxes as the OCI runtime specification says. */
export interface Runtime {
  readonly path: string
  readonly name: 'runc' | 'crun'
}

/**
 * The runtime to use: crun, which starts in a third of the time, else runc, or the one that STAGEX_RUNTIME
 * names.
 * @throws BuildError `sandbox/no-runtime`
 */
export function findRuntime(env: Readonly<Record<string, string | undefined>>): Runtime {
  const wanted = env['STAGEX_RUNTIME']
  for (const name of ['crun', 'runc'] as const) {
    if (wanted !== undefined && wanted !== name) continue
    const path = findProgram(name, env['PATH'] ?? '')
    if (path !== undefined) return { path, name }
  }
  throw new BuildError('sandbox/no-runtime', 'no OCI runtime was found', {
    expected: wanted ?? 'crun or runc on the PATH',
    hint: 'run ./stagex doctor, which says how to install it'
  })
}

function findProgram(name: string, path: string): string | undefined {
  // An ordinary user's PATH often lacks the folders where runc is installed.
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin', '/usr/bin', '/bin']
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** How a sandboxed process ended. */
export interface Outcome {
  /** Exit status; 128 + N where signal N ended it. */
  readonly status: number
  /** The end of its output, both streams. */
  readonly lastOutput: string
  /** Whether it was ended because its time was over. */
  readonly timedOut: boolean
}

/**
 * Runs a process in a sandbox to its end.
 * @param onOutput gets everything it writes
 * @throws BuildError `build/cancelled` when `signal` is aborted
 */
export async function runSandbox(
  runtime: Runtime,
  store: Store,
  session: Session,
  sandbox: Sandbox,
  onOutput: (piece: Buffer) => void,
  signal: AbortSignal | undefined
): Promise<Outcome> {
  const bundle = nextInMemory(session, 'bundle')
  mkdirSync(bundle, { mode: 0o700 })
  const filter = filterOf(runtime, store, session, bundle)
  const config = { ...runtimeConfig(sandbox), ...filter.config }
  writeFileSync(join(bundle, 'config.json'), JSON.stringify(config))
  const last: Buffer[] = []
  const call = runtimeCall(runtime, bundle)
  const clock = startClock(sandbox.limits.seconds, () => endSandbox(runtime, call))
  try {
    const finished = await run(runtime.path, [...call, 'run', '--bundle', bundle, sandboxName], {
      // A pipe with nothing in it: no file of this machine is open in a sandbox.
      input: '',
      onOutput: (piece) => {
        keepLast(last, piece)
        onOutput(piece)
      },
      ...(signal === undefined ? {} : { signal })
    })
    filter.keep()
    const lastOutput = Buffer.concat(last).toString('utf8')
    return { status: finished.status, lastOutput, timedOut: await clock.stop() }
  } catch (error) {
    if (signal?.aborted === true) throw new BuildError('build/cancelled', 'the build was stopped')
    throw error
  } finally {
    await clock.stop()
    rmSync(bundle, { recursive: true, force: true })
  }
}

/** What a sandbox is called; each has a state folder of its own, so that they may all be called the same. */
export const sandboxName = 'step'

/** The first process of a sandbox takes all others with it. */
async function endSandbox(runtime: Runtime, call: readonly string[]): Promise<void> {
  await run(runtime.path, [...call, 'kill', sandboxName, 'KILL'])
}

/** @returns stops the clock, and tells whether it had struck; when it resolves, nothing is under way */
function startClock(
  seconds: number | undefined,
  strike: () => Promise<void>
): { stop: () => Promise<boolean> } {
  let struck: Promise<void> | undefined
  const milliseconds = Math.min((seconds ?? 0) * 1000, longestDelay)
  const timer = setTimeout(() => {
    struck = strike()
  }, milliseconds)
  if (seconds === undefined) clearTimeout(timer)
  return {
    stop: async () => {
      clearTimeout(timer)
      await struck
      return struck !== undefined
    }
  }
}

/** The most milliseconds that a timer takes: 24 days. */
const longestDelay = 2 ** 31 - 1

/** The filter of system calls. runc makes its own quickly, and knows no other way to get one. */
export function filterOf(
  { name, path }: Runtime,
  store: Store,
  session: Session,
  bundle: string
): CompiledFilter {
  if (name === 'runc') return { config: {}, keep: () => undefined }
  return compiledFilter(store, session, path, stateFolder(bundle), sandboxName)
}

function stateFolder(bundle: string): string {
  return join(bundle, 'state')
}

/** The words before a runtime's command. In a user namespace there is no right to set up control groups, so the runtime is told to do without. */
export function runtimeCall(runtime: Runtime, bundle: string): string[] {
  const state = ['--root', stateFolder(bundle)]
  const groups = runtime.name === 'runc' ? ['--rootless', 'true'] : ['--cgroup-manager', 'disabled']
  return [...state, ...groups]
}

const keptPieces = 64

function keepLast(pieces: Buffer[], piece: Buffer): void {
  pieces.push(piece)
  if (pieces.length > keptPieces) pieces.shift()
}
