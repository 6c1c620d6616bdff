import { renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Session } from '../store/session.js'

/**
 * Folders of a session that are removed while the build goes on: a disk takes longer to remove a folder than to do
 * most of what a small step does.
 */
export class Removals {
  readonly #session: Session
  readonly #running = new Set<Promise<void>>()

  constructor(session: Session) {
    this.#session = session
  }

  /** Removes a folder of the session. Its name is free at once; it need not be there. */
  drop(folder: string): void {
    const dropped = this.#session.next('dropped')
    try {
      renameSync(folder, dropped)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
      throw error
    }
    // What cannot be removed now is removed with the session.
    const removal = rm(dropped, { recursive: true, force: true })
      .catch(() => undefined)
      .finally(() => this.#running.delete(removal))
    this.#running.add(removal)
  }

  /** Waits until everything is gone. */
  async done(): Promise<void> {
    await Promise.all(this.#running)
  }
}
