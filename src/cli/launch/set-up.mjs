// Brings a checkout up to date before stagex runs from it.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOf, listingOf, readSources, staleParts, writeStamps } from './freshness.cjs'

/**
 * Installs and compiles what is stale. Safe when several programs do this at once: the work is done under
 * a lock that the kernel releases when its holder ends, however it ends.
 * @param {string} checkout
 * @returns {string | undefined} the folder of the compiled program; undefined when it could not be made,
 *   which has been explained on standard error
 */
export function setUp(checkout) {
  const listing = listingOf(checkout)
  const stale = staleParts(checkout)
  const current = buildOf(checkout)
  if (!stale.dependencies && !stale.build && current !== undefined) {
    renewStamps(checkout, current, listing)
    return current
  }
  if (mayWrite(checkout)) return workUnderLock(checkout) ? buildOf(checkout) : undefined
  refuseReadOnly(checkout)
  return undefined
}

/**
 * Only the times differ (a copied or a newly checked out folder): the next start shall be quick again.
 * Where nothing may be written, every start compares the contents, which is slower and as right.
 * @param {string} checkout
 * @param {string} build
 * @param {import('./freshness.cjs').Listing} listing
 */
function renewStamps(checkout, build, listing) {
  try {
    writeStamps(checkout, build, listing, readSources(checkout).content)
  } catch {
    return
  }
}

/** @param {string} checkout */
function mayWrite(checkout) {
  const places = ['.', '.setup', 'node_modules'].map((name) => join(checkout, name))
  try {
    for (const place of places) if (existsSync(place)) accessSync(place, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string} checkout */
function refuseReadOnly(checkout) {
  process.stderr.write(
    `error: this checkout is not set up, and ${userInfo().username} may not write to it\n` +
      `  at        ${checkout}\n` +
      `  hint      Run this once as somebody who may: ${join(checkout, 'stagex')} --version\n` +
      `  [launch/read-only]\n`
  )
}

/** @param {string} checkout */
function workUnderLock(checkout) {
  mkdirSync(join(checkout, '.setup'), { recursive: true })
  const worker = fileURLToPath(new URL('set-up-worker.mjs', import.meta.url))
  const command = [join(checkout, '.setup/lock'), process.execPath, worker, checkout]
  const { status, error } = spawnSync('flock', command, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (error !== undefined) {
    process.stderr.write(
      'error: flock was not found\n' +
        '  expected  the programs of util-linux, which every distribution has\n' +
        "  hint      Install your distribution's package util-linux\n" +
        '  [launch/no-flock]\n'
    )
  }
  return status === 0
}
