import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import { chooseMachine, cpuVendorOf } from '../../src/trust/sign/choose-machine.js'
import { signImages } from '../../src/trust/sign/sign-images.js'
import { folderPlace } from '../../src/trust/sign/signature-place.js'
import { softwareSigner } from '../../src/trust/sign/software-signer.js'
import { SmallTree } from '../world/small-tree.js'
import { alice, eve } from './hostile-world.js'
import { DAY, makeKey, MADE, NOW, sign, subject, TrustWorld } from './trust-world.js'

const image = {
  image: 'core-gcc',
  version: '1.0+b',
  digest: subject.digest,
  inputs: sha256('inputs')
}
const folderOf = (root: string) =>
  join(root, 'signatures', `stagex/core-gcc@sha256=${subject.digest.slice(7)}`)

const letters = ['a', 'b', 'c', 'd', 'e', 'f']

async function signAs(world: TrustWorld, key = alice, process = 1) {
  const file = join(world.root, `secret-${key.getFingerprint()}`)
  writeFileSync(file, key.armor())
  const trusted = world.trusted()
  const [row] = await signImages([image], {
    place: folderPlace(join(world.root, 'signatures'), process),
    trusted,
    signer: await softwareSigner(file, trusted.ring, NOW),
    places: [],
    creator: 'stagex 1',
    machine: undefined
  })
  return row
}

describe('signing', () => {
  test('makes a signature that counts, and says what was signed and how it was built', async () => {
    const world = TrustWorld.of({ alice })
    expect(await signAs(world)).toMatchObject({ state: 'signed' })
    const bytes = readFileSync(join(folderOf(world.root), 'signature-1'))
    const { counted } = world.judge([bytes])
    expect(counted).toMatchObject([
      {
        person: 'alice',
        reference: 'docker.io/stagex/core-gcc:1.0_b',
        inputs: sha256('inputs'),
        signed: NOW
      }
    ])
  })

  test('does not repeat a signature that counts, and is not stopped by one that does not', async () => {
    const world = TrustWorld.of({ alice })
    mkdirSync(folderOf(world.root), { recursive: true })
    writeFileSync(join(folderOf(world.root), 'signature-1'), await sign(alice, 'something else'))
    expect(await signAs(world)).toMatchObject({ state: 'signed' })
    expect(await signAs(world)).toMatchObject({ state: 'there' })
    expect(readdirSync(folderOf(world.root)).sort()).toEqual(['signature-1', 'signature-2'])
  })

  test('of several people at once loses no signature and leaves no gap', async () => {
    const people = Object.fromEntries(
      await Promise.all(letters.map(async (id) => [id, await makeKey(id)] as const))
    )
    const world = TrustWorld.of(people)
    const keys = Object.values(people)
    await Promise.all(keys.map((key, index) => signAs(world, key, index)))
    const names = readdirSync(folderOf(world.root)).sort()
    expect(names).toEqual([1, 2, 3, 4, 5, 6].map((number) => `signature-${number}`))
    const signatures = names.map((name) => readFileSync(join(folderOf(world.root), name)))
    expect(world.judge(signatures).people).toEqual(letters)
  })

  test('with a key that nobody lists is refused', async () => {
    await expect(signAs(TrustWorld.of({ alice }), eve)).rejects.toMatchObject({
      code: 'sign/no-key'
    })
  })

  test('with a key that no longer counts is refused, and writes nothing', async () => {
    const ended = await makeKey('alice', { lifetime: 60 * DAY + 10, made: MADE })
    const world = TrustWorld.of({ alice: ended })
    await expect(signAs(world, ended)).rejects.toMatchObject({ code: 'sign/does-not-count' })
    expect(readdirSync(world.root)).not.toContain('signatures')
  })
})

describe('the machine of a signature', () => {
  const machines = [
    { person: 'alice', name: 'desk', architecture: 'x86_64', cpuVendor: 'amd' },
    { person: 'alice', name: 'lap', architecture: 'x86_64', cpuVendor: 'intel' },
    { person: 'bob', name: 'bobs', architecture: 'x86_64', cpuVendor: 'intel' }
  ]
  const code = (...words: [string | undefined, string | undefined]) => {
    try {
      return chooseMachine(machines, 'alice', ...words)?.name ?? 'none'
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  test('is the one with this processor, or the one that is named and has it', () => {
    expect(code(undefined, 'amd')).toBe('desk')
    expect(code(undefined, 'arm')).toBe('none')
    expect(code(undefined, undefined)).toBe('none')
    expect(code('lap', 'intel')).toBe('lap')
    expect(code('lap', 'amd')).toBe('sign/bad-machine')
    expect(code('bobs', 'intel')).toBe('sign/bad-machine')
  })

  test('is told by the processor', () => {
    expect(cpuVendorOf('processor : 0\nvendor_id\t: GenuineIntel\n')).toBe('intel')
    expect(cpuVendorOf('vendor_id : AuthenticAMD')).toBe('amd')
    expect(cpuVendorOf('CPU implementer\t: 0x41\n')).toBe('arm')
    expect(cpuVendorOf('')).toBeUndefined()
  })
})

const tree = new SmallTree()
const gnupg = mkdtempSync(join(tmpdir(), 'stagex-gpg-'))

function gpg(...words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('gpg', ['--homedir', gnupg, '--batch', '--quiet', ...words])
    let out = ''
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString('utf8')))
    child.on('error', reject)
    child.on('close', () => {
      resolve(out)
    })
  })
}

const haveGpg = spawnSync('gpg', ['--version']).status === 0

describe.skipIf(!haveGpg)('stagex sign and verify', () => {
  beforeAll(async () => {
    tree.add('base', 'FROM scratch\nCOPY data /data\n', { data: 'base\n' })
    tree.add('app', 'FROM stagex/user-base\nCOPY more /more\n', { more: 'app\n' })
    for (const words of [
      ['build', 'user'],
      ['digests', '--write']
    ]) {
      const { status, stderr } = await tree.run(...words)
      if (status !== 0) throw new Error(stderr)
    }
    const passphrase = ['--pinentry-mode', 'loopback', '--passphrase', '']
    await gpg(...passphrase, '--quick-gen-key', 'bob@example.org', 'ed25519', 'sign', '0')
    const fingerprint =
      /^fpr:{9}([0-9A-F]{40})/m.exec(await gpg('--with-colons', '--list-keys'))?.[1] ?? ''
    const now = Math.floor(Date.now() / 1000)
    const key = await makeKey('alice', { made: now - 10 })
    mkdirSync(join(tree.root, 'keys'))
    writeFileSync(join(tree.root, 'secret'), key.armor())
    writeFileSync(join(tree.root, 'keys', 'alice.asc'), key.toPublic().armor())
    writeFileSync(join(tree.root, 'keys', 'bob.asc'), await gpg('--armor', '--export'))
    writeFileSync(
      join(tree.root, 'MAINTAINERS'),
      `[people.alice]\n[people.bob]\n[keys.alice.a]\nfingerprint="${key.getFingerprint()}"\n[keys.bob.b]\nfingerprint="${fingerprint}"\n`
    )
    const vendor = cpuVendorOf(readFileSync('/proc/cpuinfo', 'utf8')) ?? 'unknown'
    appendFileSync(
      join(tree.root, 'MAINTAINERS'),
      ['alice', 'bob']
        .map((id) => `[machines.${id}.m]\narchitecture="x"\ncpu_vendor="${vendor}"\n`)
        .join('')
    )
    writeFileSync(join(tree.root, 'release.toml'), 'vendors = 1\n')
    process.env['GNUPGHOME'] = gnupg
  }, 120_000)

  afterAll(() => {
    spawnSync('gpgconf', ['--homedir', gnupg, '--kill', 'all'])
    rmSync(gnupg, { recursive: true, force: true })
  })

  const secret = (): string[] => ['--secret-key', join(tree.root, 'secret')]
  const verdict = async (...words: string[]): Promise<[number, unknown]> => {
    const { status, stdout } = await tree.run('--json', 'verify', '--all', ...words)
    const { images } = JSON.parse(stdout) as { images: { people: string[] }[] }
    return [status, images.map(({ people }) => people)]
  }

  test('agree, with a software key and with gpg', async () => {
    expect(await verdict()).toEqual([3, [[], []]])
    expect((await tree.run('sign', '--all', ...secret())).status).toBe(0)
    expect(await verdict()).toEqual([3, [['alice'], ['alice']]])
    const { status, stderr, stdout } = await tree.run('sign', '--all')
    expect([status, stdout], stderr).toEqual([0, '2 images signed as bob, 0 before\n'])
    expect(await verdict()).toEqual([
      0,
      [
        ['alice', 'bob'],
        ['alice', 'bob']
      ]
    ])
    expect(await verdict('--threshold', '3')).toEqual([
      3,
      [
        ['alice', 'bob'],
        ['alice', 'bob']
      ]
    ])
    expect((await tree.run('sign', '--all')).stdout).toBe('0 images signed as bob, 2 before\n')
    expect((await tree.run('verify', join(tree.root, 'out', 'user-app'))).status).toBe(0)
  }, 120_000)

  test('may go to a branch of a repository that several share', async () => {
    const url = join(tree.home, 'signatures.git')
    spawnSync('git', ['init', '-q', '--bare', url])
    for (const name of ['AUTHOR', 'COMMITTER']) {
      process.env[`GIT_${name}_NAME`] = 'alice'
      process.env[`GIT_${name}_EMAIL`] = 'alice@example.org'
    }
    const where = ['--signatures', `git+${url}#release/2026.03.0`]
    const signed = await tree.run('sign', '--all', ...secret(), ...where)
    expect([signed.status, signed.stdout]).toEqual([0, '2 images signed as alice, 0 before\n'])
    expect(signed.stderr).toContain('2 signatures pushed')
    expect(await verdict('--threshold', '1', ...where)).toEqual([0, [['alice'], ['alice']]])
    const again = await tree.run('sign', '--all', ...secret(), ...where)
    expect(again.stdout).toBe('0 images signed as alice, 2 before\n')
  }, 120_000)

  test('lead to a release, once every image has its quorum', async () => {
    const git = (...words: string[]) => {
      return spawnSync('git', ['-C', tree.root, ...words], { encoding: 'utf8' }).stdout
    }
    git('init', '-q')
    git('config', 'user.name', 'a')
    git('config', 'user.email', 'a@b')
    git('add', 'packages', 'digests', 'release.toml', 'MAINTAINERS')
    git('commit', '-qm', 'Add two packages')
    const release = async (word: string, ...words: string[]) => {
      return (await tree.run('release', word, '2026.03.0', ...words)).status
    }
    expect(await release('start')).toBe(0)
    expect(git('branch', '--show-current')).toBe('release/2026.03.0\n')
    expect((await tree.errorOf('release', 'start', '2026.03.0')).code).toBe(
      'publish/release-exists'
    )
    const none = ['--signatures', join(tree.root, 'none')]
    expect(await release('status', ...none)).toBe(3)
    expect(await release('finish', ...none)).toBe(3)
    expect(git('tag')).toBe('')
    expect(await release('status')).toBe(0)
    const finished = () => tree.errorOf('release', 'finish', '2026.03.0')
    expect(await finished()).toMatchObject({
      code: 'publish/git-failed',
      found: expect.stringContaining('?? keys/') as string
    })
    git('add', 'keys')
    git('commit', '-qm', 'Add the keys')
    expect((await tree.errorOf('release', 'finish', '2026.03.1')).code).toBe('publish/other-branch')
    expect(git('tag')).toBe('')
    expect(await release('finish')).toBe(0)
    const notes = git('for-each-ref', '--format=%(contents)', 'refs/tags/2026.03.0')
    expect(notes).toContain('- new: user-app\n- new: user-base\n')
    expect(notes).toContain('- Add two packages\n')
    expect((await tree.errorOf('release', 'finish', '2026.03.0')).code).toBe(
      'publish/release-exists'
    )
  }, 120_000)

  test('never make a signature of what is only recorded, or was taken from others', async () => {
    const error = async () => (await tree.errorOf('sign', 'app', ...secret())).code
    const digests = join(tree.root, 'digests', 'user.txt')
    const recorded = readFileSync(digests, 'utf8')
    writeFileSync(
      digests,
      recorded.replace(/^[0-9a-f]{64} user-app/m, `${'0'.repeat(64)} user-app`)
    )
    expect(await error()).toBe('sign/other-digest')
    writeFileSync(digests, recorded)
    const folder = join(tree.home, 'records', 'image')
    for (const name of readdirSync(folder)) {
      const [, json = ''] = readFileSync(join(folder, name), 'utf8').split('\n')
      const taken = JSON.stringify({ ...(JSON.parse(json) as object), preseeded: true })
      writeFileSync(join(folder, name), `${sha256(taken)}\n${taken}`)
    }
    expect(await error()).toBe('sign/not-built-here')
    const empty = join(tree.home, 'another')
    const { code } = await tree.errorOf('--home', empty, 'sign', 'app', ...secret())
    expect(code).toBe('sign/not-built')
  })
})
