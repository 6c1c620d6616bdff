import { existsSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../base/process.js'
import { buildImages } from '../image/build-images.js'
import { openMemoryFolder } from '../run/memory-folder.js'
import { openSession } from '../store/session.js'
import { openStore } from '../store/store.js'
import { errorMessage } from './error-message.js'
import type { BuildEvent, WorkOrder } from './messages.js'

// The program that runs inside the user namespace: it takes one order, tells what happens, and ends. When
// the program that started it is gone, so is the reason to go on.
process.umask(0o022)
process.on('disconnect', orphaned)
// Ctrl-C reaches the whole process group; what to do about it is decided outside.
process.on('SIGINT', () => undefined)
// Begun before there is an order, which may take a while to come; told of as a failure of the order.
const prepared = showUnifiedCgroups()
prepared.catch(() => undefined)
process.once('message', (order) => {
  perform(order as WorkOrder)
    .catch((error: unknown) => {
      tell({ event: 'worker-failed', error: errorMessage(error) })
    })
    .finally(end)
})

function orphaned(): never {
  process.exit(1)
}

function end(): void {
  process.off('disconnect', orphaned)
  process.disconnect()
}

async function perform(order: WorkOrder): Promise<void> {
  if (order.hostname !== undefined) await run('hostname', [order.hostname])
  const store = openStore(order.home, order.session)
  const session = openSession(store.sessions, order.session, order.since)
  try {
    for (const name of order.ended) removeFolder(join(store.sessions, name))
    const memory = openMemoryFolder(session)
    try {
      await Promise.all([memory, prepared])
      await buildImages({ store, session, order, tell })
    } finally {
      const close = await memory
      await close()
    }
  } finally {
    removeFolder(session.folder)
  }
}

/**
 * crun knows one cgroup hierarchy, or version 1 alone, but no mixture. Nothing is limited by cgroups here, so
 * it is shown the unified hierarchy, and the host's own names nowhere.
 */
async function showUnifiedCgroups(): Promise<void> {
  const cgroups = '/sys/fs/cgroup'
  const unified = 0x63677270
  if (!existsSync(cgroups) || statfsSync(cgroups).type === unified) return
  await run('mount', ['-t', 'cgroup2', 'cgroup2', cgroups])
}

/** A folder with mounts in it that are gone by now, or with files of another build's sandbox. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 2 })
}

function tell(event: BuildEvent): void {
  process.send?.(event)
}
