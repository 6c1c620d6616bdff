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

/**
 * Runs a person's shell in a sandbox, with this process's terminal or the pipe that stands in for it. What it
 * writes to the file system stays until the step's tree is dropped.
 */
export async function openShell(
  runtime: Runtime,
  store: Store,
  session: Session,
  sandbox: Sandbox,
  { argv, terminal }: ShellRequest
): Promise<void> {
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
    await ended(runtime.path, call)
  } finally {
    rmSync(bundle, { recursive: true, force: true })
  }
}

/** A shell's status says how its last command ended, which is nobody's business here. */
function ended(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: [passedInput, 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('close', () => {
      resolve()
    })
  })
}
