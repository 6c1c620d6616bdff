import { readdirSync } from 'node:fs'
import { run } from '../../base/process.js'
import { MachineError } from './machine-error.js'

const listsFolder = '/var/lib/apt/lists'

/** Another apt that is at work, as after a machine's start, is waited for this many seconds. */
const lockTimeout = 300

/**
 * Installs Debian packages, after fetching the lists of packages where there are none or where they are out
 * of date. Has to be called as root.
 * @throws MachineError `machine/install-failed`
 */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  if (!haveLists()) await apt(['update'])
  try {
    await install(packages)
  } catch {
    // Lists of an earlier day name versions that the mirrors no longer have.
    await apt(['update'])
    await install(packages)
  }
}

/** The packages among `names` that are not installed. */
export async function notInstalled(names: readonly string[]): Promise<string[]> {
  const format = '-f=${Package} ${db:Status-Status}\\n'
  const { stdout } = await run('dpkg-query', ['-W', format, ...names])
  const installed = new Set(stdout.split('\n').filter((line) => line.endsWith(' installed')))
  return names.filter((name) => !installed.has(`${name} installed`))
}

function haveLists(): boolean {
  try {
    return readdirSync(listsFolder).some((name) => name.includes('_Packages'))
  } catch {
    return false
  }
}

function install(packages: readonly string[]): Promise<void> {
  return apt(['install', '-y', '--no-install-recommends', ...packages])
}

async function apt(args: readonly string[]): Promise<void> {
  const options = ['-q', '-o', `DPkg::Lock::Timeout=${lockTimeout}`]
  const env = { ...definedIn(process.env), DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  const finished = await run('apt-get', [...options, ...args], { env })
  if (finished.status === 0) return
  throw new MachineError('machine/install-failed', `apt-get ${args.join(' ')} did not succeed`, {
    kind: 'usage',
    found: finished.stderr.trim().split('\n').slice(-10).join('\n'),
    hint: 'run the command by hand, mend what it complains of, then try again'
  })
}

function definedIn(env: NodeJS.ProcessEnv): Record<string, string> {
  const pairs = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined
  )
  return Object.fromEntries(pairs)
}
