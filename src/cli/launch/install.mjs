import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SHOWN_LINES = 8

/**
 * Installs exactly what package-lock.json names. No package's install script is run: what they would do is
 * not in the lock file.
 * @param {string} checkout
 * @returns {string | undefined} why it failed
 */
export function installDependencies(checkout) {
  const log = join(checkout, '.setup/npm.log')
  const output = openSync(log, 'w')
  const { status, error } = spawnSync(
    'npm',
    ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: checkout, stdio: ['ignore', output, output] }
  )
  closeSync(output)
  if (status === 0) return undefined
  const reason = error === undefined ? complaintIn(log) : `  ${error.message}\n`
  return (
    `error: npm could not install the dependencies\n${reason}` +
    `  at        ${log}\n` +
    `  hint      Check that npm reaches its registry (npm ping), then run the command again\n` +
    `  [launch/npm-failed]\n`
  )
}

/**
 * What npm marks as an error comes first and matters most; without such marks, what it said last.
 * @param {string} log
 */
function complaintIn(log) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
  const marked = lines.filter((line) => /^npm (error|ERR!) ./.test(line))
  const shown = marked.length > 0 ? marked.slice(0, SHOWN_LINES) : lines.slice(-SHOWN_LINES)
  return shown.map((line) => `  ${line}\n`).join('')
}
