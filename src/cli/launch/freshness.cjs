// Whether a checkout's dependencies and compiled program still are what its files say.
//
// Two stamps tell: `node_modules/.stagex-lock` holds the SHA-256 of the package-lock.json that was
// installed, and `stamp.json` in the compiled program describes the sources it was made of, twice:
// `listing` from the sizes and times of `paths` (what every start can afford to look at), `content` from
// their bytes (looked at only when the listing differs, so that a copied checkout is not compiled again).
'use strict'
const { createHash } = require('node:crypto')
const {
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync
} = require('node:fs')
const path = require('node:path')

/**
 * @typedef {{ paths: string[], listing: string }} Listing
 * @typedef {Listing & { content: string, lock: string }} Stamp
 * @typedef {{ dependencies: boolean, build: boolean }} Stale
 * @typedef {{ files: ReadonlyMap<string, string>, content: string }} Sources
 */

/**
 * The folder of the compiled program, if nothing has to be done before it can run.
 * @param {string} checkout
 * @returns {string | undefined}
 */
function currentBuild(checkout) {
  const build = buildOf(checkout)
  const stamp = build === undefined ? undefined : stampOf(build)
  if (stamp === undefined || stamp.lock !== installedLock(checkout)) return undefined
  return isAsListed(checkout, stamp) ? build : undefined
}

/**
 * Looks at contents, not times: what has to be made anew.
 * @param {string} checkout
 * @returns {Stale}
 */
function staleParts(checkout) {
  const build = buildOf(checkout)
  const stamp = build === undefined ? undefined : stampOf(build)
  return {
    dependencies: !dependenciesInstalled(checkout),
    build: stamp?.content !== readSources(checkout).content
  }
}

/**
 * Writes both stamps for what is there now. The listing has to be taken before the sources were read:
 * an edit in between then shows as a difference at the next start.
 * @param {string} checkout
 * @param {string} build
 * @param {Listing} listing
 * @param {string} content
 */
function writeStamps(checkout, build, listing, content) {
  const lock = lockDigest(checkout)
  replaceFile(path.join(checkout, 'node_modules/.stagex-lock'), lock)
  replaceFile(path.join(build, 'stamp.json'), `${JSON.stringify({ ...listing, content, lock })}\n`)
}

/**
 * The folder that `dist` leads to. Its real path, so that a program that is running keeps its own modules
 * when a newer build takes its place.
 * @param {string} checkout
 */
function buildOf(checkout) {
  try {
    return realpathSync(path.join(checkout, 'dist'))
  } catch {
    return undefined
  }
}

/**
 * Everything that the compiled program depends on, relative to the checkout, each in a fixed order.
 * @param {string} checkout
 * @returns {{ files: string[], folders: string[] }}
 */
function sourcePaths(checkout) {
  const files = ['package.json', 'tsconfig.json']
  const folders = ['src']
  for (const folder of folders) {
    for (const entry of readdirSync(`${checkout}/${folder}`, { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`
      if (entry.isDirectory()) folders.push(name)
      else if (entry.isFile()) files.push(name)
    }
  }
  return { files: files.sort(), folders: folders.sort() }
}

/**
 * What there is, with a digest of sizes and change times. The change time (not the modification time)
 * cannot be set back by a tool that keeps times; a folder's tells that a name came or went.
 * @param {string} checkout
 * @returns {Listing}
 */
function listingOf(checkout) {
  const { files, folders } = sourcePaths(checkout)
  const paths = [...files, 'package-lock.json', ...folders]
  return { paths, listing: timesOf(checkout, paths) }
}

/**
 * @param {string} checkout
 * @param {Listing} listing
 */
function isAsListed(checkout, { paths, listing }) {
  try {
    return timesOf(checkout, paths) === listing
  } catch {
    return false
  }
}

/**
 * @param {string} checkout
 * @param {readonly string[]} paths
 */
function timesOf(checkout, paths) {
  // Numbers as they are: writing a thousand out takes as long as getting them.
  const numbers = new Float64Array(2 * paths.length)
  paths.forEach((name, index) => {
    const { size, ctimeMs } = lstatSync(`${checkout}/${name}`)
    numbers.set([size, ctimeMs], 2 * index)
  })
  return createHash('sha256').update(paths.join('\0')).update(numbers).digest('hex')
}

/**
 * Reads everything that the compiled program depends on, once, so that what is compiled is what was hashed.
 * @param {string} checkout
 * @returns {Sources}
 */
function readSources(checkout) {
  const hash = createHash('sha256').update(`${String(compilerVersion(checkout))}\n`)
  /** @type {Map<string, string>} */
  const files = new Map()
  for (const name of sourcePaths(checkout).files) {
    const text = readFileSync(path.join(checkout, name), 'utf8')
    hash.update(`${name}\0${String(text.length)}\n${text}`)
    files.set(name, text)
  }
  return { files, content: hash.digest('hex') }
}

/** @param {string} checkout */
function compilerVersion(checkout) {
  return packagesOf(path.join(checkout, 'package-lock.json'))?.['node_modules/esbuild']?.version
}

/**
 * Whether node_modules holds what the lock file asks for: installed by us (the stamp says so), or by an
 * `npm install` of the developer's own (npm's record of what it installed says so).
 * @param {string} checkout
 */
function dependenciesInstalled(checkout) {
  if (installedLock(checkout) === lockDigest(checkout)) return true
  const wanted = packagesOf(path.join(checkout, 'package-lock.json')) ?? {}
  const installed = packagesOf(path.join(checkout, 'node_modules/.package-lock.json'))
  if (installed === undefined) return false
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true
    const found = installed[path]
    // Optional packages are those of other platforms.
    if (found === undefined) return optional === true
    return found.version === version && found.integrity === integrity
  })
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function packagesOf(lockFile) {
  return readJson(lockFile)?.packages
}

/**
 * @param {string} build
 * @returns {Stamp | undefined}
 */
function stampOf(build) {
  return readJson(path.join(build, 'stamp.json'))
}

/** @param {string} checkout */
function lockDigest(checkout) {
  return createHash('sha256')
    .update(readFileSync(path.join(checkout, 'package-lock.json')))
    .digest('hex')
}

/** @param {string} checkout */
function installedLock(checkout) {
  try {
    return readFileSync(path.join(checkout, 'node_modules/.stagex-lock'), 'utf8')
  } catch {
    return undefined
  }
}

/**
 * What a stamp or npm's record says; a file that is missing, half-written or foreign says nothing.
 * @param {string} file
 */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function replaceFile(file, text) {
  const next = `${file}.${String(process.pid)}`
  writeFileSync(next, text)
  renameSync(next, file)
}

module.exports = { currentBuild, staleParts, writeStamps, buildOf, listingOf, readSources }
