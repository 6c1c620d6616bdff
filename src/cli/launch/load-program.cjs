// Loads a program that was compiled into one file, with the machine code that V8 made of it when it ran
// before: compiling is a third of a short call's time.
'use strict'
const { createHash } = require('node:crypto')
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const path = require('node:path')
const { Script } = require('node:vm')

const DIGEST_SIZE = 32

/**
 * Runs a program's file as a CommonJS module and returns what it exports.
 * @param {string} file ASCII text
 * @param {string} use what is done with the program: each use keeps the code of the functions that it needs
 * @returns {unknown}
 */
function loadProgram(file, use) {
  const cache = `${file}.${use}.${process.version}-${process.arch}.code`
  const cachedData = readCode(cache)
  const text = readFileSync(file, 'latin1')
  const source = `(function (exports, require, module, __filename, __dirname) {${text}\n})`
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) })
  if (cachedData === undefined || script.cachedDataRejected) keepCode(script, cache)
  const loaded = { exports: {} }
  const run = /** @type {(...names: unknown[]) => void} */ (script.runInThisContext())
  run(loaded.exports, createRequire(file), loaded, file, path.dirname(file))
  return loaded.exports
}

/**
 * The code that was kept, if it is undamaged: V8 looks whether it is of this source and version, and falls
 * over a changed byte.
 * @param {string} file
 */
function readCode(file) {
  try {
    const content = readFileSync(file)
    const code = content.subarray(DIGEST_SIZE)
    return content.subarray(0, DIGEST_SIZE).equals(digestOf(code)) ? code : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps the code at the end, when it holds every function that was called.
 * @param {import('node:vm').Script} script
 * @param {string} cache
 */
function keepCode(script, cache) {
  process.once('exit', (status) => {
    if (status !== 0) return
    const next = `${cache}.${String(process.pid)}`
    try {
      const code = script.createCachedData()
      writeFileSync(next, Buffer.concat([digestOf(code), code]), { flag: 'wx' })
      renameSync(next, cache)
    } catch {
      // A checkout that may only be read, or a full disk: the next call compiles again.
      rmSync(next, { force: true })
    }
  })
}

/** @param {Buffer} code */
function digestOf(code) {
  return createHash('sha256').update(code).digest()
}

module.exports = { loadProgram }
