import { rmSync } from 'node:fs'

// Runs inside a user namespace: removes the one folder that it is told, and ends.
process.once('message', (folder) => {
  rmSync(String(folder), { recursive: true, force: true, maxRetries: 2 })
  process.exit(0)
})
