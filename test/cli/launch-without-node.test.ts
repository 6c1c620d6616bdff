import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type SampleCheckout, call, sampleCheckout } from './sample-checkout.js'

/**
 * Runs the launcher as on another machine: its own os-release, and a PATH that holds only the shell's
 * everyday programs and what a test puts there. A mount namespace makes the first, links the second.
 */
function onMachine(osRelease: string, path: string): ReturnType<typeof call> {
  const script =
    'mount --bind "$1" "$(readlink -f /etc/os-release)" && PATH="$2" exec /bin/sh "$3" --version'
  const file = join(checkout.folder, '../os-release')
  writeFileSync(file, osRelease)
  const launcher = join(checkout.folder, 'stagex')
  const unshare = ['--user', '--map-current-user', '--keep-caps', '--mount', '--']
  return call('unshare', [...unshare, 'sh', '-c', script, 'sh', file, path, launcher])
}

let checkout: SampleCheckout
let everyday: string
const sudo = process.getuid?.() === 0 ? '' : 'sudo '

beforeAll(() => {
  checkout = sampleCheckout()
  everyday = join(checkout.folder, '../everyday')
  mkdirSync(everyday)
  for (const name of ['id', 'readlink']) symlinkSync(`/usr/bin/${name}`, join(everyday, name))
  return () => {
    rmSync(join(checkout.folder, '..'), { recursive: true })
  }
})

/** A folder with programs that print a version. */
function programs(versions: Readonly<Record<string, string>>): string {
  const folder = join(checkout.folder, `../with-${Object.values(versions).join('-')}`)
  mkdirSync(folder, { recursive: true })
  for (const [name, version] of Object.entries(versions)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 })
  }
  return `${folder}:${everyday}`
}

const distributions = [
  ['ID=debian\nVERSION_ID="13"', 'apt-get install -y nodejs npm'],
  [
    'ID=debian\nVERSION_ID="12"',
    `apt-get install -y npm curl && ${sudo}npm install -g n && ${sudo}n 22`
  ],
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"', 'apt-get install -y npm curl'],
  ['ID=fedora\nVERSION_ID=43', 'dnf install -y nodejs npm'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.6"', 'dnf module install -y nodejs:22'],
  ['ID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="10.0"', 'dnf install -y nodejs npm'],
  ['ID=arch', 'pacman -S --needed --noconfirm nodejs npm'],
  ['ID=manjaro\nID_LIKE=arch', 'pacman -S --needed --noconfirm nodejs npm'],
  ['ID=alpine\nVERSION_ID=3.22.0', 'apk add nodejs npm'],
  [
    'ID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="16.0"',
    'zypper --non-interactive install nodejs22 npm22'
  ]
] as const

describe('a machine without Node', () => {
  it.each(distributions)('%s is told one command', async (osRelease, command) => {
    const { status, stdout, stderr } = await onMachine(osRelease, everyday)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(`  hint      Run: ${sudo}${command}`)
    expect(stderr).toContain('[launch/no-node]')
  })

  it('of a distribution that nobody knows is told where Node is to be had', async () => {
    const { stderr } = await onMachine('ID=homemade', everyday)
    expect(stderr).toContain('https://nodejs.org/en/download')
  })
})

describe('the version of Node', () => {
  it.each(['v8.17.0', 'v18.20.4', 'v20.9.0', 'v20.18.3', 'nonsense', 'v'])(
    '%s is refused',
    async (version) => {
      const { status, stderr } = await onMachine('ID=arch', programs({ node: version, npm: '10' }))
      expect(status).toBe(2)
      expect(stderr).toContain(`Node is too old here: ${version}`)
      expect(stderr).toContain('[launch/old-node]')
    }
  )

  it.each(['v20.19.0', 'v20.20.1', 'v22.0.0', 'v24.1.0', 'v100.0.0'])(
    '%s is accepted',
    async (version) => {
      // The stand-in prints its version once more when it is called to run the program.
      const { status, stdout } = await onMachine('ID=arch', programs({ node: version, npm: '10' }))
      expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` })
    }
  )

  it.each(['v18.20.4', 'v20.18.3'])(
    '%s is refused by a checkout that is set up, too',
    async (version) => {
      const folder = join(checkout.folder, '../later')
      mkdirSync(folder, { recursive: true })
      mkdirSync(join(checkout.folder, 'dist'), { recursive: true })
      const pretence = join(folder, 'older.cjs')
      const versions = JSON.stringify({ node: version.slice(1) })
      const older = `{ versions: { value: ${versions} }, version: { value: '${version}' } }`
      writeFileSync(pretence, `Object.defineProperties(process, ${older})`)
      const started = `#!/bin/sh\nexec ${process.execPath} --require ${pretence} "$@"\n`
      writeFileSync(join(folder, 'node'), started, { mode: 0o755 })
      const { status, stdout, stderr } = await onMachine('ID=arch', `${folder}:${everyday}:/bin`)
      rmSync(join(checkout.folder, 'dist'), { recursive: true })
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(`Node is too old here: ${version}`)
      expect(stderr).toContain('[launch/old-node]')
    }
  )

  it('does not matter where npm is missing and the checkout is new', async () => {
    const { status, stderr } = await onMachine('ID=arch', programs({ node: 'v22.1.0' }))
    expect(status).toBe(2)
    expect(stderr).toContain('[launch/no-npm]')
  })
})
