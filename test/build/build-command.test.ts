import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLayout } from '../../src/oci/layout-reader.js'
import { SmallTree, seedSteps } from '../world/small-tree.js'

describe('stagex build', () => {
  it('executes what was never built, and nothing the second time', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    const first = await tree.run('build', 'greeting', '--progress', 'plain')
    expect(first.status).toBe(0)
    expect(first.stderr).toContain('RUN ./hex0-seed one.hex0 third')
    const second = await tree.run('build', 'greeting', '--progress', 'plain')
    expect(second.status).toBe(0)
    expect(second.stderr).not.toContain('RUN')
    expect(second.stdout).toBe(first.stdout.replace('built', 'cached'))
  })

  it('writes a layout whose every blob is what its digest says, with the digest it prints', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    const row = (await tree.build('greeting')).get('user-greeting')
    const layout = await readLayout(join(tree.root, 'out', 'user-greeting'))
    expect(layout.images.map(({ descriptor }) => descriptor.digest)).toEqual([row?.digest])
    expect(layout.images[0]?.config.platform).toMatchObject({ os: 'linux', architecture: '386' })
  })

  it('rebuilds nothing for a comment, a line break or a touched file', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    await tree.build('greeting')
    tree.add(
      'greeting',
      `# a comment\n${seedSteps.replace('WORKDIR /build', 'WORKDIR \\\n /build')}`
    )
    utimesSync(join(tree.root, 'packages/user/greeting/hex0-seed'), 1e9, 1e9)
    const { stdout, stderr } = await tree.run('build', 'greeting', '--progress', 'plain')
    expect(stdout).toContain('cached')
    expect(stderr).not.toContain('COPY')
  })

  it('refuses a store or a place for layouts that is a file, and says that it wants a folder', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    const file = join(tree.root, 'packages/user/greeting/Containerfile')
    const out = await tree.run('build', 'greeting', '--out', file)
    expect(out.status).toBe(2)
    expect(out.stderr).toMatch(/expected +a folder/)
    expect(out.stderr).toContain('[cli/bad-usage]')
    const home = await tree.run('build', 'greeting', '--home', file)
    expect(home.status).toBe(2)
    expect(home.stderr).toMatch(/expected +a folder/)
    expect(home.stderr).toContain('[cli/no-such-folder]')
  })

  it('builds nothing where something else is in the way of a layout', async () => {
    const tree = new SmallTree()
    tree.add('greeting', 'FROM scratch\nENV A=b\n')
    mkdirSync(join(tree.root, 'out'))
    const file = join(tree.root, 'out/user-greeting')
    writeFileSync(file, 'mine')
    const { code, where } = await tree.errorOf('build', 'greeting')
    expect({ code, where }).toEqual({ code: 'layout/exists', where: file })
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect((await tree.run('digests', 'greeting')).status).toBe(1)
  })

  it('writes no layouts among the packages, not through a link either', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    symlinkSync('packages/user', join(tree.root, 'link'))
    for (const folder of ['packages', 'packages/new/deeper', 'link/new']) {
      const { status, stderr } = await tree.run('build', '--all', '--out', join(tree.root, folder))
      expect(status, folder).toBe(2)
      expect(stderr).toContain('[cli/bad-usage]')
    }
    expect(readdirSync(join(tree.root, 'packages'))).toEqual(['user'])
    expect(readdirSync(join(tree.root, 'packages/user'))).toEqual(['greeting'])
  })

  it('stops at an image that comes out the same although it was built again', async () => {
    const tree = new SmallTree()
    tree.add('base', 'FROM scratch\nCOPY text /text\n', { text: 'one\n' })
    tree.add('above', 'FROM stagex/user-base\nCOPY text /more\n', { text: 'two\n' })
    await tree.build('above')
    tree.add('base', 'FROM scratch\nCOPY text /text\n# no change\n', { text: 'one\n', unused: 'x' })
    const { stderr } = await tree.run('build', 'above', '--no-cache', '--progress', 'plain')
    expect(stderr).toContain('user-base built')
    const rows = await tree.build('above')
    expect(rows.get('user-above')?.outcome).toBe('cached')
  })

  it('builds what it can when something fails, and says what was kept from being built', async () => {
    const tree = new SmallTree()
    tree.add('broken', 'FROM scratch\nCOPY hex0-seed /\nRUN ["/hex0-seed", "/none", "/out"]\n')
    tree.add('above', 'FROM stagex/user-broken\n')
    tree.add('apart', 'FROM scratch\nCOPY text /\n', { text: 'text' })
    const rows = await tree.build('user')
    expect(rows.get('user-broken')).toMatchObject({
      outcome: 'failed',
      error: { code: 'build/run-failed', where: 'packages/user/broken/Containerfile:3:1' }
    })
    expect(rows.get('user-above')).toMatchObject({ outcome: 'skipped', because: 'user-broken' })
    expect(rows.get('user-apart')?.outcome).toBe('built')
  })

  it('says where a copied file is missing, with a log that can be read afterwards', async () => {
    const tree = new SmallTree()
    tree.add('lacking', 'FROM scratch\nCOPY hex0-seed /\nCOPY nothing /\n')
    const rows = await tree.build('lacking')
    expect(rows.get('user-lacking')?.error).toMatchObject({
      code: 'build/copy-missing',
      where: 'packages/user/lacking/Containerfile:3:1'
    })
    expect(readFileSync(join(tree.home, 'logs/user-lacking.log'), 'utf8')).toContain('failed:')
  })

  it('refuses a circle of packages, and shows it as a path', async () => {
    const tree = new SmallTree()
    tree.add('a', 'FROM stagex/user-b\n')
    tree.add('b', 'FROM stagex/user-a\n')
    const error = await tree.errorOf('build', 'a')
    expect(error).toMatchObject({ code: 'tree/cycle', found: 'user-a → user-b → user-a' })
  })

  it('refuses an image from outside the tree, and suggests one from inside', async () => {
    const tree = new SmallTree()
    tree.add('base', 'FROM scratch\n')
    tree.add('above', 'FROM stagex/user-bass\n')
    const error = await tree.errorOf('build', 'above')
    expect(error).toMatchObject({
      code: 'build/no-such-image',
      where: 'packages/user/above/Containerfile:1:1',
      hint: 'did you mean stagex/user-base?'
    })
  })

  it('refuses records that cannot be read before it builds anything', async () => {
    const tree = new SmallTree()
    tree.add('greeting', 'FROM scratch\nCOPY text /\n', { text: 'text' })
    mkdirSync(join(tree.root, 'digests'))
    writeFileSync(join(tree.root, 'digests/user.txt'), 'no digest\n')
    expect(await tree.errorOf('build', 'greeting')).toMatchObject({ code: 'tree/bad-digest-file' })
    expect(existsSync(join(tree.root, 'out'))).toBe(false)
  })

  it('fails where layouts cannot be written, as in a folder that the system makes up', async () => {
    const tree = new SmallTree()
    tree.add('greeting', 'FROM scratch\nCOPY text /\n', { text: 'text' })
    const { status, stdout } = await tree.run('--json', 'build', 'greeting', '--out', '/proc/none')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'system/ENOENT' } })
  })

  it('says that the store cannot be written, also in a folder that the system makes up', async () => {
    const tree = new SmallTree()
    tree.add('greeting', 'FROM scratch\nCOPY text /\n', { text: 'text' })
    const error = await tree.errorOf('build', 'greeting', '--home', '/proc/none')
    expect(error).toMatchObject({ code: 'store/not-writable', where: '/proc/none' })
  })

  it('fails, after building, where the tree records another digest', async () => {
    const tree = new SmallTree()
    tree.add('greeting', 'FROM scratch\nCOPY text /\n', { text: 'text' })
    mkdirSync(join(tree.root, 'digests'))
    const recorded = '0'.repeat(64)
    writeFileSync(join(tree.root, 'digests/user.txt'), `${recorded} user-greeting\n`)
    const { status, stdout } = await tree.run('--json', 'build', 'greeting')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      mismatches: [{ image: 'user-greeting', expected: recorded }]
    })
    expect((await tree.run('digests', '--write', 'greeting')).status).toBe(0)
    expect((await tree.run('build', 'greeting')).status).toBe(0)
  })

  it('has no network inside: a name cannot even be looked for', async () => {
    const tree = new SmallTree()
    tree.add(
      'online',
      'FROM scratch\nCOPY hex0-seed /\nRUN --network=host ["/hex0-seed", "/", "/"]\n'
    )
    const rows = await tree.build('online')
    expect(rows.get('user-online')?.error?.code).toBe('build/unsupported')
  })

  it('leaves nothing in a layout that an editor could change by mistake, but its index', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    await tree.build('greeting')
    const layout = join(tree.root, 'out/user-greeting')
    const blobs = readdirSync(join(layout, 'blobs/sha256')).map((name) => `blobs/sha256/${name}`)
    const modes = ['oci-layout', ...blobs].map((file) => statSync(join(layout, file)).mode & 0o777)
    expect(blobs.length).toBeGreaterThan(3)
    expect(new Set(modes)).toEqual(new Set([0o444]))
    expect(statSync(join(layout, 'index.json')).mode & 0o777).toBe(0o644)
  })

  it('makes the same image where the folders of tree and store have names beyond ASCII', async () => {
    const tree = new SmallTree()
    tree.add('base', 'FROM scratch\nCOPY <<EOF /etc/passwd\nnina:x:7:8::/:/none\nEOF\n')
    const steps = [
      seedSteps.replace('FROM scratch AS build', 'FROM stagex/user-base AS build'),
      'WORKDIR /a/ü',
      'COPY --from=stagex/user-base . /',
      'COPY --chown=nina text* /chosen/'
    ]
    tree.add('greeting', `${steps.join('\n')}\n`, { 'text-ü': 'text' })
    const plain = await tree.build('greeting')
    const root = join(tree.root, '..', 'Bäume')
    cpSync(tree.root, root, { recursive: true })
    rmSync(join(root, 'out'), { recursive: true })
    const odd = await tree.build('greeting', '--root', root, '--home', join(root, 'Läger'))
    expect(plain.get('user-greeting')).toMatchObject({ outcome: 'built' })
    expect(odd.get('user-greeting')).toMatchObject({
      outcome: 'built',
      digest: plain.get('user-greeting')?.digest
    })
  })

  it('puts the layouts where it is told', async () => {
    const tree = new SmallTree()
    tree.add('greeting', 'FROM scratch\nCOPY text /\n', { text: 'text' })
    const out = join(tree.home, 'elsewhere')
    expect((await tree.run('build', 'greeting', '--out', out)).status).toBe(0)
    expect(existsSync(join(out, 'user-greeting', 'index.json'))).toBe(true)
    expect(existsSync(join(tree.root, 'out'))).toBe(false)
  })
})
