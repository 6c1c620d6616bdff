import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

/** A tree whose images are a text each: `above` from `base`, and what else is added. */
function tree(): SmallTree {
  const tree = new SmallTree()
  tree.add('base', 'FROM scratch\nCOPY text /base\n', { text: 'base\n' })
  tree.add('above', 'FROM stagex/user-base\nCOPY text /above\n', { text: 'above\n' })
  return tree
}

describe('stagex build', () => {
  it('builds a stage, a whole tree, or what is built from an image', async () => {
    const small = tree()
    small.add('alone', 'FROM scratch\nCOPY text /alone\n', { text: 'alone\n' })
    expect([...(await small.build('base', '--dependants')).keys()]).toEqual([
      'user-base',
      'user-above'
    ])
    const all = await small.build('--all')
    expect([...all].map(([name, { outcome }]) => [name, outcome])).toEqual([
      ['user-base', 'cached'],
      ['user-above', 'cached'],
      ['user-alone', 'built']
    ])
    expect([...(await small.build('user')).keys()]).toEqual([...all.keys()])
  })

  it.each([[[]], [['--all', 'base']], [['--dependants']]])(
    'wants to know what: %j',
    async (words) => {
      expect(await tree().errorOf('build', ...words)).toMatchObject({ code: 'cli/bad-usage' })
    }
  )

  it('builds all that can be built beside what cannot, and says why', async () => {
    const small = tree()
    small.add('lost', 'FROM stagex/user-nowhere\n')
    small.add('circle', 'FROM stagex/user-round\n')
    small.add('round', 'FROM stagex/user-circle\n')
    small.add('after', 'FROM scratch\nCOPY --from=stagex/user-lost . /\n')
    small.add('broken', 'FROM scratch\n', { 'package.toml': 'garbage' })
    small.add('needy', 'FROM stagex/user-broken\n')
    const { status, stdout, stderr } = await small.run('build', '--all', '--json')
    const { images } = JSON.parse(stdout) as {
      images: { image: string; outcome: string; because?: string; error?: { code: string } }[]
    }
    expect(status).toBe(1)
    expect(
      images.map(({ image, outcome, because, error }) => [image, outcome, because ?? error?.code])
    ).toEqual([
      ['user-base', 'built', undefined],
      ['user-above', 'built', undefined],
      ['user-broken', 'failed', 'tree/broken-package'],
      ['user-circle', 'failed', 'tree/cycle'],
      ['user-round', 'failed', 'tree/cycle'],
      ['user-lost', 'failed', 'build/no-such-image'],
      ['user-needy', 'failed', 'build/no-such-image'],
      ['user-after', 'skipped', 'user-lost']
    ])
    expect(stderr).toContain('failed: user-broken')
    expect(stderr).not.toContain('user-broken.log')
  })

  it('is strict where it is asked to be', async () => {
    const small = tree()
    const doubtful = '[package]\nname = "odd"\nversion = "1"\nlisence = "MIT"\n'
    small.add('odd', 'FROM scratch\n', { 'package.toml': doubtful })
    expect((await small.build('odd')).get('user-odd')?.outcome).toBe('built')
    expect(await small.errorOf('build', 'odd', '--strict')).toMatchObject({
      code: 'tree/broken-package'
    })
  })

  it('refuses at once where nothing that was named can be built', async () => {
    const small = tree()
    small.add('lost', 'FROM stagex/user-nowhere\n')
    expect(await small.errorOf('build', 'lost')).toMatchObject({ code: 'build/no-such-image' })
  })
})

/** A folder with a `docker` that keeps what it is given to load, or fails with `failure`. */
function engineFolder(small: SmallTree, failure = ''): string {
  const folder = join(small.root, '..', 'engine')
  mkdirSync(folder, { recursive: true })
  const load = failure === '' ? `cat > ${folder}/loaded.tar` : `echo '${failure}' >&2; exit 1`
  writeFileSync(
    join(folder, 'docker'),
    `#!/bin/sh\ncase $1 in version) echo 1;; load) ${load};; *) exit 9;; esac\n`
  )
  chmodSync(join(folder, 'docker'), 0o755)
  return folder
}

describe('stagex build --import', () => {
  it('loads what was asked for, and not what that is built from', async () => {
    const small = tree()
    const folder = engineFolder(small)
    const { status, stdout } = await small.runWith(
      { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      ...['build', 'above', '--import', '--json']
    )
    const { imported } = JSON.parse(stdout) as { imported: unknown[] }
    expect({ status, imported }).toEqual({
      status: 0,
      imported: [{ image: 'user-above', engine: 'docker', reference: 'stagex/user-above:local' }]
    })
    const archive = readFileSync(join(folder, 'loaded.tar')).toString('latin1')
    const saved = /\[\{"Config":"blobs\/sha256\/[0-9a-f]{64}","RepoTags":\["([^"]*)"\]/.exec(
      archive
    )
    expect(saved?.[1]).toBe('stagex/user-above:local')
    expect(archive).toContain('"io.containerd.image.name":"docker.io/stagex/user-above:local"')
  })

  it('says what the engine said where it does not load', async () => {
    const small = tree()
    const env = { PATH: `${engineFolder(small, 'no space')}:${process.env['PATH'] ?? ''}` }
    const { status, stdout } = await small.runWith(env, 'build', 'base', '--import', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'build/import-failed', found: 'no space' }
    })
  })

  it('builds nothing where there is no engine', async () => {
    const small = tree()
    const folder = join(small.root, '..', 'none')
    mkdirSync(folder)
    for (const program of ['docker', 'podman']) {
      writeFileSync(join(folder, program), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    }
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` }
    const { status, stdout } = await small.runWith(env, 'build', 'base', '--import', '--json')
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'build/no-engine' } })
    expect(existsSync(join(small.root, 'out'))).toBe(false)
  })
})
