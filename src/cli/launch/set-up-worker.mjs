// The work of setting a checkout up; runs alone, under the lock that set-up.mjs takes.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.mjs'
import { buildOf, listingOf, readSources, staleParts, writeStamps } from './freshness.cjs'
import { installDependencies } from './install.mjs'

const [checkout = process.cwd()] = process.argv.slice(2)

// A checkout set up by one user is there for all who may read it.
process.umask(0o022)
mkdirSync(join(checkout, '.setup'), { recursive: true })

// Another process may have done the work while this one waited for the lock.
const stale = staleParts(checkout)
const installed =
  !stale.dependencies ||
  (await step('Installing npm dependencies', () => installDependencies(checkout)))
const listing = listingOf(checkout)
const sources = readSources(checkout)
const compiled =
  installed && (!stale.build || (await step('Compiling', () => compile(checkout, sources))))
const build = buildOf(checkout)
if (compiled && build !== undefined) writeStamps(checkout, build, listing, sources.content)
process.exitCode = compiled ? 0 : 1

/**
 * @param {string} title
 * @param {() => string | undefined | Promise<string | undefined>} work gives the explanation if it failed
 * @returns {Promise<boolean>} whether it succeeded
 */
async function step(title, work) {
  const start = performance.now()
  process.stderr.write(`${title} … `)
  const failure = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  process.stderr.write(failure === undefined ? `${seconds} s\n` : `failed\n${failure}`)
  return failure === undefined
}
