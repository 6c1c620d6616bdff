import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { passedInput } from '../namespace/enter.js'
import type { ShellRequest } from '../plan/image-request.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'
import { type Runtime, filterOf, runtimeCall, sandboxName } from './runtime.js'
import { nextInMemory } from './memory-folder.js'
import type { Sandbox } from './sandbox.js'
import { runtimeConfig } from './sandbox-spec.js'

/** The status of a runtime that a signal ended; which one makes no difference to whoever asked. */
const endedBySignal = 128

/**
 * Runs a person's shell in a sandbox, with this process's terminal or the pipe that stands in for it. What it
 * writes to the file system stays until the step's tree is dropped.
 * @returns the exit status: the program's, or the runtime's where the program could not be started
 */
export async function openShell(
  runtime: Runtime,
  store: Store,
  session: Session,
  sandbox: Sandbox,
  { argv, terminal }: ShellRequest
): Promise<number> {
  const bundle = nextInMemory(session, 'bundle')
  mkdirSync(bundle, { mode: 0o700 })
  const env = terminal === undefined ? sandbox.env : [...sandbox.env, `TERM=${terminal}`]
  // Whoever looks around needs no limits of time.
  const open = { ...sandbox, argv, env, limits: {}, terminal: terminal !== undefined }
  const filter = filterOf(runtime, store, session, bundle)
  const config = { ...runtimeConfig(open), ...filter.config }
  writeFileSync(join(bundle, 'config.json'), JSON.stringify(config))
  const call = [...runtimeCall(runtime, bundle), 'run', '--bundle', bundle, sandboxName]
  try {
    return await ended(runtime.path, call)
  } finally {
    rmSync(bundle, { recursive: true, force: true })
  }
}

function ended(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: [passedInput, 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('close', (status) => {
      resolve(status ?? endedBySignal)
    })
  })
}
