import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '../..')

/** Somebody with a clone of their own and an empty home. */
export interface Newcomer {
  readonly name: string
  readonly home: string
  readonly clone: string
  /** Runs a command in the clone; the output of one that fails is in the error. */
  run(program: string, ...args: string[]): string
  remove(): void
}

/** Root, in a new folder with an empty home. */
export function newRoot(): Newcomer {
  const home = mkdtempSync(join(tmpdir(), 'stagex-root-'))
  return newcomer('root', home, ['env', '-i'], () => {
    rmSync(home, { recursive: true })
  })
}

/** An ordinary user, made for this. Needs root. */
export function newUser(): Newcomer {
  const name = `stagex-test-${process.pid}`
  const home = mkdtempSync(join(tmpdir(), 'stagex-user-'))
  execFileSync('useradd', ['--home-dir', home, '--shell', '/bin/sh', name])
  grantSubordinateIds(name)
  execFileSync('chown', [`${name}:`, home])
  return newcomer(
    name,
    home,
    ['setpriv', '--reuid', name, '--regid', name, '--init-groups', 'env', '-i'],
    () => {
      execFileSync('userdel', [name], { stdio: 'ignore' })
      rmSync(home, { recursive: true })
    }
  )
}

/** Most distributions give every new user a share; where they do not, this does what stagex advises. */
function grantSubordinateIds(name: string): void {
  const { status } = spawnSync('grep', ['-q', `^${name}:`, '/etc/subuid'])
  const range = '1600000000-1600065535'
  if (status !== 0) execFileSync('usermod', ['--add-subuids', range, '--add-subgids', range, name])
}

function newcomer(
  name: string,
  home: string,
  become: readonly string[],
  remove: () => void
): Newcomer {
  const clone = join(home, 'stagex')
  const environment = [
    `HOME=${home}`,
    `PATH=${process.env['PATH'] ?? ''}`,
    'LANG=C.UTF-8',
    ...trust()
  ]
  mkdirSync(clone)
  // What a clone would hold once the work tree is committed.
  const files = `git ls-files -z --cached --others --exclude-standard | xargs -0 ls -1d 2>/dev/null`
  execFileSync('sh', ['-c', `${files} | tar -cT - | tar -xC "$1"`, 'sh', clone], {
    cwd: repository
  })
  execFileSync('chown', ['-R', `${name}:`, clone])
  return {
    name,
    home,
    clone,
    remove,
    run: (program, ...args) => {
      const [first = 'env', ...rest] = [...become, ...environment, program, ...args]
      const { status, stdout, stderr } = spawnSync(first, rest, { cwd: clone, encoding: 'utf8' })
      if (status === 0) return stdout
      throw new Error(`${name}: ${program} ${args.join(' ')}: status ${status}\n${stdout}${stderr}`)
    }
  }
}

/** The certificates that this machine trusts, without which npm may not reach its registry. */
function trust(): string[] {
  const names = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'http_proxy', 'https_proxy', 'no_proxy']
  return names.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [`${name}=${value}`]
  })
}
