import { describe, expect, it } from 'vitest'
import { graphCommand } from '../../src/cli/graph.js'
import { listCommand } from '../../src/cli/list.js'
import { showCommand } from '../../src/cli/show.js'
import { whyCommand } from '../../src/cli/why.js'
import { SampleTree } from './sample-tree.js'

const tree = new SampleTree()
  .add('bootstrap-stage3')
  .add('core-libc', ['bootstrap-stage3'])
  .add('core-zlib', ['core-libc'], 'license = "Zlib"\nwebsite = "https://zlib.net"\n')
  .add('user-app', ['core-libc', 'core-zlib'])

describe('stagex graph', () => {
  it('shows what an image is built from', async () => {
    const { status, out } = await tree.run(graphCommand, ['app'])
    expect(status).toBe(0)
    expect(out.split('\n')).toEqual([
      'user-app',
      '├── core-libc',
      '│   └── bootstrap-stage3',
      '└── core-zlib',
      '    └── core-libc …',
      ''
    ])
  })

  it('shows what is built from an image', async () => {
    const { out } = await tree.run(graphCommand, ['zlib', '--reverse'])
    expect(out).toBe('core-zlib\n└── user-app\n')
  })

  it('begins the whole tree with what nothing is built from', async () => {
    const { out } = await tree.run(graphCommand, [])
    expect(out.split('\n')[0]).toBe('user-app')
  })

  it('shows images that are built from each other in a circle', async () => {
    const circle = new SampleTree().add('core-a', ['core-b']).add('core-b', ['core-a'])
    const { status, out } = await circle.run(graphCommand, [])
    expect({ status, out: out.split('\n')[0] }).toEqual({ status: 0, out: 'core-a' })
  })

  it('writes JSON, asked for in either way', async () => {
    const { out } = await tree.run(graphCommand, ['zlib', '--format', 'json'])
    expect((await tree.run(graphCommand, ['zlib', '--json'])).out).toBe(out)
    expect(JSON.parse(out)).toEqual({
      images: [
        { name: 'bootstrap-stage3', dependencies: [] },
        { name: 'core-libc', dependencies: ['bootstrap-stage3'] },
        { name: 'core-zlib', dependencies: ['core-libc'] }
      ]
    })
  })

  it.each([
    ['dot', 'digraph images {'],
    ['mermaid', 'flowchart LR'],
    ['svg', '<svg ']
  ])('writes %s', async (format, start) => {
    const { out } = await tree.run(graphCommand, ['--format', format])
    expect(out.startsWith(start)).toBe(true)
    expect(out).toContain('bootstrap-stage3')
  })

  it('suggests a name for a misspelt one', async () => {
    const { status, err } = await tree.run(graphCommand, ['zilb'])
    expect(status).toBe(2)
    expect(err).toContain('[tree/unknown-package]')
    expect(err).toContain('did you mean `zlib`?')
  })
})

describe('stagex why', () => {
  it('shows the shortest way, with the place of each step', async () => {
    const { status, out } = await tree.run(whyCommand, ['app', 'stage3'])
    expect(status).toBe(0)
    expect(out.split('\n')).toEqual([
      'user-app          packages/user/app/Containerfile:2',
      'core-libc         packages/core/libc/Containerfile:2',
      'bootstrap-stage3',
      ''
    ])
  })

  it('says that there is none, with status 1', async () => {
    const { status, out } = await tree.run(whyCommand, ['zlib', 'app'])
    expect({ status, out }).toEqual({ status: 1, out: 'zlib does not need app\n' })
    const { out: json } = await tree.run(whyCommand, ['zlib', 'app', '--json'])
    expect(JSON.parse(json)).toEqual({ from: 'zlib', to: 'app', path: [] })
  })

  it('wants two names', async () => {
    const { status, err } = await tree.run(whyCommand, ['zlib'])
    expect(status).toBe(2)
    expect(err).toContain('[cli/bad-usage]')
  })
})

describe('stagex list', () => {
  it('shows names, versions and descriptions', async () => {
    const { out } = await tree.run(listCommand, ['zlib'])
    expect(out).toBe('core-zlib  1.2.3  About zlib\n')
  })

  it.each([
    [['core-*'], ['core-libc', 'core-zlib']],
    [['?lib'], ['core-zlib']],
    [['lib'], ['core-libc', 'core-zlib']],
    [['*'], ['bootstrap-stage3', 'core-libc', 'core-zlib', 'user-app']],
    [
      ['app', '*stage?'],
      ['bootstrap-stage3', 'user-app']
    ],
    [['lib*', '--stage', 'user'], []],
    [
      ['--stage', 'core'],
      ['core-libc', 'core-zlib']
    ],
    [['core-zli?b*'], []]
  ])('%j lists %j', async (words, expected) => {
    const { out } = await tree.run(listCommand, [...words, '--json'])
    const { images } = JSON.parse(out) as { images: { image: string }[] }
    expect(images.map(({ image }) => image)).toEqual(expected)
  })
})

describe('stagex list --strict', () => {
  const doubtful = new SampleTree().add('core-a', [], 'lisence = "MIT"\n').add('core-b')

  it.each([
    [[], 0, ['core-a', 'core-b'], 'warning'],
    [['--strict'], 1, ['core-b'], 'error']
  ])('%j has status %i', async (words, expected, images, severity) => {
    const { status, out, err } = await doubtful.run(listCommand, words)
    expect(status).toBe(expected)
    expect(out.match(/^\S+/gm)).toEqual(images)
    expect(err).toContain(`${severity}: unknown key \`lisence\``)
    expect(err).toContain('did you mean `license`?')
  })
})

describe('stagex show', () => {
  it('shows what is known of an image', async () => {
    const { status, out } = await tree.run(showCommand, ['zlib', '--json'])
    expect(status).toBe(0)
    const { images } = JSON.parse(out) as { images: unknown[] }
    expect(images).toEqual([
      {
        image: 'core-zlib',
        package: 'core-zlib',
        version: '1.2.3',
        description: 'About zlib',
        license: 'Zlib',
        website: 'https://zlib.net',
        platforms: [],
        folder: 'packages/core/zlib',
        sources: [],
        dependencies: { direct: ['core-libc'], all: ['bootstrap-stage3', 'core-libc'] },
        dependants: { direct: ['user-app'], all: ['user-app'] },
        state: { kind: 'not-built', begins: ['bootstrap-stage3'] },
        steps: { kind: 'unknown', because: 'core-libc has to be built first' }
      }
    ])
  })

  it('says it to people on a page', async () => {
    const { out } = await tree.run(showCommand, ['zlib'])
    expect(out).toContain('core-zlib 1.2.3\n  About zlib\n')
    expect(out).toContain('not built, nor what it is built from')
    expect(out).toContain('built from  core-libc and through them 1 more')
  })

  it('lists sources without the credentials in their mirrors', async () => {
    const hash = 'a'.repeat(64)
    const source = `[sources.it]\nhash = "${hash}"\nmirrors = ["https://u:secret@example.org/it-{version}.tgz"]\n`
    const { out } = await new SampleTree().add('core-it', [], source).run(showCommand, ['it'])
    expect(out).toContain(`it: it-1.2.3.tgz\n`)
    expect(out).toContain(`sha256:${hash}`)
    expect(out).not.toContain('secret')
  })

  it('shows an image that cannot be built, and why', async () => {
    const broken = new SampleTree().add('core-a', ['core-nothing'])
    const { status, out } = await broken.run(showCommand, ['a', '--json'])
    expect(status).toBe(0)
    const { images } = JSON.parse(out) as { images: { state: { kind: string } }[] }
    expect(images[0]?.state.kind).toBe('cannot-be-built')
  })

  it('takes a recorded digest from the tree', async () => {
    const recorded = new SampleTree().add('core-a')
    recorded.write('digests/core.txt', `${'b'.repeat(64)} core-a\n`)
    const { out } = await recorded.run(showCommand, ['a'])
    expect(out).toContain(`recorded    sha256:${'b'.repeat(64)}\n`)
  })
})

it('the commands explain themselves', async () => {
  for (const command of [graphCommand, whyCommand, listCommand, showCommand]) {
    const { status, out } = await tree.run(command, ['--help'])
    expect(status).toBe(0)
    expect(out).toContain(`Usage: stagex ${command.name}`)
  }
})
