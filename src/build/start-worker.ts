import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type RootIdentity, enterNamespace } from './namespace/enter.js'

/** A worker that was started before there is anything for it to do. */
export interface StartedWorker {
  /** Rejects as `enterNamespace` does; nobody has to look. */
  readonly process: Promise<ChildProcess>
  /** Ends it, whatever it does. */
  readonly end: () => void
}

const script = fileURLToPath(new URL('./worker/worker.js', import.meta.url))

/**
 * Starts a worker, which waits for its order.
 * @param passInput whether what it starts may read this process's standard input
 */
export function startWorker(identity: RootIdentity, passInput = false): StartedWorker {
  const process = enterNamespace(script, identity, passInput)
  const end = (): void => {
    process.then(
      (child) => child.kill('SIGKILL'),
      () => undefined
    )
  }
  // Whoever takes the worker hears of it.
  process.catch(() => undefined)
  return { process, end }
}
