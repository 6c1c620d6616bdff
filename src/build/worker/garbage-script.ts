import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type CollectionOptions, collectGarbage } from '../store/garbage.js'
import { openStore } from '../store/store.js'

// Runs inside a user namespace, where files of a build's users can be removed: collects garbage once, tells
// what it did, and ends.
process.once('message', (message) => {
  const { home, options } = message as { home: string; options: CollectionOptions }
  const store = openStore(home, `gc-${process.pid}`)
  if (!options.dryRun) {
    for (const name of options.ended)
      rmSync(join(store.sessions, name), { recursive: true, force: true })
  }
  process.send?.(collectGarbage(store, options), () => process.exit(0))
})
