// Runs stagex from a checkout, after setting the checkout up where that is needed. Plain JavaScript, since
// at first use there is nothing yet that could compile TypeScript. Kept small: it runs at every start.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { currentBuild } from './freshness.mjs'

const checkout = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

const build = currentBuild(checkout) ?? (await import('./set-up.mjs')).setUp(checkout)
if (build === undefined) {
  process.exitCode = 2
} else {
  /** @type {typeof import('../main.js')} */
  const { main } = await import(pathToFileURL(join(build, 'cli/main.js')).href)
  await main(checkout)
}
