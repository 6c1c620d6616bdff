import { fileURLToPath } from 'node:url'
import { BuildError } from './build-error.js'
import { enterNamespace } from './namespace/enter.js'
import type { Collection } from './store/garbage.js'
import { endedSessions } from './store/session.js'
import { openStore } from './store/store.js'

const script = fileURLToPath(new URL('./worker/garbage-script.js', import.meta.url))

/**
 * Makes the store at `home` no larger than `keep` bytes; see `store/garbage.ts`.
 * @throws BuildError `store/…`, `namespace/…`
 */
export async function collectGarbageIn(
  home: string,
  keep: number,
  dryRun: boolean
): Promise<Collection> {
  const store = openStore(home, `gc-${process.pid}`)
  const options = { keep, dryRun, ended: endedSessions(store.sessions) }
  const child = await enterNamespace(script, 'own')
  return new Promise((resolve, reject) => {
    let collection: Collection | undefined
    child.on('message', (message) => {
      collection = message as Collection
    })
    child.on('error', reject)
    child.on('exit', (status) => {
      if (status === 0 && collection !== undefined) resolve(collection)
      else
        reject(
          new BuildError('store/not-writable', 'garbage could not be collected', { where: home })
        )
    })
    child.send({ home, options })
  })
}
