// Whether a checkout's dependencies and compiled program still are what its files say.
//
// Two stamps tell: `node_modules/.stagex-lock` holds the SHA-256 of the package-lock.json that was
// installed, and `stamp.json` in the compiled program describes the sources it was made of, twice:
// `listing` from their sizes and times (what every start can afford to look at), `content` from their bytes
// (looked at only when the listing differs, so that a copied checkout is not compiled again).
import { createHash } from 'node:crypto'
import {
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ listing: string, content: string, lock: string }} Stamp
 * @typedef {{ dependencies: boolean, build: boolean }} Stale
 * @typedef {{ files: ReadonlyMap<string, string>, content: string }} Sources
 */

/**
 * The folder of the compiled program, if nothing has to be done before it can run.
 * @param {string} checkout
 * @returns {string | undefined}
 */
export function currentBuild(checkout) {
  const build = buildOf(checkout)
  const stamp = build === undefined ? undefined : stampOf(build)
  const fresh = stamp?.lock === installedLock(checkout) && stamp?.listing === listingOf(checkout)
  return fresh ? build : undefined
}

/**
 * Looks at contents, not times: what has to be made anew.
 * @param {string} checkout
 * @returns {Stale}
 */
export function staleParts(checkout) {
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
 * @param {string} listing
 * @param {string} content
 */
export function writeStamps(checkout, build, listing, content) {
  const lock = lockDigest(checkout)
  replaceFile(join(checkout, 'node_modules/.stagex-lock'), lock)
  replaceFile(join(build, 'stamp.json'), `${JSON.stringify({ listing, content, lock })}\n`)
}

/**
 * The folder that `dist` leads to. Its real path, so that a program that is running keeps its own modules
 * when a newer build takes its place.
 * @param {string} checkout
 */
export function buildOf(checkout) {
  try {
    return realpathSync(join(checkout, 'dist'))
  } catch {
    return undefined
  }
}

/**
 * Everything that the compiled program depends on, relative to the checkout, in a fixed order.
 * @param {string} checkout
 * @returns {string[]}
 */
function sourceFiles(checkout) {
  const files = ['package.json', 'tsconfig.json']
  const folders = ['src']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(checkout, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) files.push(path)
    }
  }
  return files.sort()
}

/**
 * A digest of the sources' and the lock file's names, sizes and change times. The change time (not the
 * modification time) cannot be set back by a tool that keeps times.
 * @param {string} checkout
 */
export function listingOf(checkout) {
  const hash = createHash('sha256')
  for (const path of [...sourceFiles(checkout), 'package-lock.json']) {
    const { size, ctimeMs } = lstatSync(join(checkout, path))
    hash.update(`${path}\0${String(size)}\0${String(ctimeMs)}\n`)
  }
  return hash.digest('hex')
}

/**
 * Reads everything that the compiled program depends on, once, so that what is compiled is what was hashed.
 * @param {string} checkout
 * @returns {Sources}
 */
export function readSources(checkout) {
  const hash = createHash('sha256').update(`${String(compilerVersion(checkout))}\n`)
  /** @type {Map<string, string>} */
  const files = new Map()
  for (const path of sourceFiles(checkout)) {
    const text = readFileSync(join(checkout, path), 'utf8')
    hash.update(`${path}\0${String(text.length)}\n${text}`)
    files.set(path, text)
  }
  return { files, content: hash.digest('hex') }
}

/** @param {string} checkout */
function compilerVersion(checkout) {
  return packagesOf(join(checkout, 'package-lock.json'))?.['node_modules/esbuild']?.version
}

/**
 * Whether node_modules holds what the lock file asks for: installed by us (the stamp says so), or by an
 * `npm install` of the developer's own (npm's record of what it installed says so).
 * @param {string} checkout
 */
function dependenciesInstalled(checkout) {
  if (installedLock(checkout) === lockDigest(checkout)) return true
  const wanted = packagesOf(join(checkout, 'package-lock.json')) ?? {}
  const installed = packagesOf(join(checkout, 'node_modules/.package-lock.json'))
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
  return readJson(join(build, 'stamp.json'))
}

/** @param {string} checkout */
function lockDigest(checkout) {
  return createHash('sha256')
    .update(readFileSync(join(checkout, 'package-lock.json')))
    .digest('hex')
}

/** @param {string} checkout */
function installedLock(checkout) {
  try {
    return readFileSync(join(checkout, 'node_modules/.stagex-lock'), 'utf8')
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
