import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadTree } from '../../src/tree/load-tree.js'
import { type ImageSelection, selectImages } from '../../src/tree/select-images.js'
import { type TreeFiles, treeFolder } from './tree-fixture.js'

function image(fullName: string, from: readonly string[], definition = ''): TreeFiles {
  const [stage = '', name = ''] = fullName.split('-')
  const copies = from.map((other) => `COPY --from=stagex/${other} . /\n`).join('')
  const version = definition.includes('version') ? '' : 'version = "1"\n'
  return {
    [`${stage}/${name}/package.toml`]: `[package]\nname = "${name}"\n${version}${definition}`,
    [`${stage}/${name}/Containerfile`]: `FROM scratch\n${copies}`
  }
}

/** A committed tree: app and tool are built from libc, docs from nothing, plugin takes app's version. */
function committedTree(): string {
  const root = treeFolder({
    ...image('core-libc', []),
    ...image('user-app', ['core-libc']),
    ...image('user-tool', ['core-libc']),
    ...image('user-docs', []),
    ...image('user-plugin', [], 'version_from = "user-app"\n')
  })
  git(root, 'init', '--quiet')
  commit(root)
  return root
}

function git(root: string, ...words: string[]): void {
  execFileSync('git', ['-C', root, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words])
}

function commit(root: string): void {
  git(root, 'add', '.')
  git(root, 'commit', '--quiet', '--allow-empty', '-m', 'all')
}

async function selected(root: string, selection: Partial<ImageSelection>): Promise<string[]> {
  const { images } = await selectImages(await loadTree(root), { names: [], ...selection })
  return [...images]
}

describe('images that are meant', () => {
  test('are all, those named, or a stage', async () => {
    const root = committedTree()
    expect(await selected(root, {})).toHaveLength(5)
    expect(await selected(root, { names: ['libc', 'core-libc', 'app'] })).toEqual([
      'core-libc',
      'user-app'
    ])
    expect(await selected(root, { names: ['user'] })).toHaveLength(4)
  })

  test('with what is built from them', async () => {
    const root = committedTree()
    expect(await selected(root, { names: ['libc'], dependants: true })).toEqual([
      'core-libc',
      'user-app',
      'user-tool'
    ])
    expect(await selected(root, { names: ['docs'], dependants: true })).toEqual(['user-docs'])
  })

  test('of a stage leave its broken packages for the caller to tell', async () => {
    const root = committedTree()
    writeFileSync(join(root, 'packages/user/app/package.toml'), 'garbage')
    const { images, broken } = await selectImages(await loadTree(root), { names: ['user'] })
    expect(images).toEqual(['user-docs', 'user-tool'])
    expect([...broken.keys()].sort()).toEqual(['user-app', 'user-plugin'])
  })
})

describe('since a revision', () => {
  test('nothing is meant where nothing changed', async () => {
    const root = committedTree()
    writeFileSync(join(root, 'README'), 'no package\n')
    expect(await selected(root, { since: 'HEAD' })).toEqual([])
  })

  test('a change means the image and its dependants, whether committed or not', async () => {
    const root = committedTree()
    writeFileSync(join(root, 'packages/core/libc/Containerfile'), 'FROM scratch\nWORKDIR /x\n')
    const expected = ['core-libc', 'user-app', 'user-tool']
    expect(await selected(root, { since: 'HEAD' })).toEqual(expected)
    commit(root)
    expect(await selected(root, { since: 'HEAD' })).toEqual([])
    expect(await selected(root, { since: 'HEAD~1' })).toEqual(expected)
  })

  test('names narrow it down', async () => {
    const root = committedTree()
    writeFileSync(join(root, 'packages/core/libc/Containerfile'), 'FROM scratch\nWORKDIR /x\n')
    expect(await selected(root, { names: ['user'], since: 'HEAD' })).toEqual([
      'user-app',
      'user-tool'
    ])
  })

  test('a file that git does not know yet is a change, one that it ignores is none', async () => {
    const root = committedTree()
    writeFileSync(join(root, '.gitignore'), '*.o\n')
    writeFileSync(join(root, 'packages/user/docs/a.o'), '')
    expect(await selected(root, { since: 'HEAD' })).toEqual([])
    mkdirSync(join(root, 'packages/user/docs/new folder'))
    writeFileSync(join(root, 'packages/user/docs/new folder/ü\n"x"'), '')
    expect(await selected(root, { since: 'HEAD' })).toEqual(['user-docs'])
  })

  test('whoever takes its version from a changed package is changed', async () => {
    const root = committedTree()
    const definition = '[package]\nname = "app"\nversion = "2"\n'
    writeFileSync(join(root, 'packages/user/app/package.toml'), definition)
    expect(await selected(root, { since: 'HEAD' })).toEqual(['user-app', 'user-plugin'])
  })

  test('a package that is gone means those that name it still', async () => {
    const root = committedTree()
    rmSync(join(root, 'packages/core/libc'), { recursive: true })
    expect(await selected(root, { since: 'HEAD' })).toEqual(['user-app', 'user-tool'])
  })

  test('works in a tree below the top of the repository', async () => {
    const outer = treeFolder(image('user-docs', []))
    git(outer, 'init', '--quiet')
    mkdirSync(join(outer, 'tree'))
    renameSync(join(outer, 'packages'), join(outer, 'tree/packages'))
    commit(outer)
    writeFileSync(join(outer, 'tree/packages/user/docs/Containerfile'), 'FROM scratch\n# new\n')
    expect(await selected(join(outer, 'tree'), { since: 'HEAD' })).toEqual(['user-docs'])
  })

  test.each(['nowhere', '--output=stolen', '', 'HEAD:packages', '-h', '--all'])(
    '%j is no revision',
    async (since) => {
      const root = committedTree()
      await expect(selected(root, { since })).rejects.toMatchObject({
        code: 'tree/unknown-revision'
      })
    }
  )

  test('a tree without history says so', async () => {
    const root = treeFolder(image('core-libc', []))
    await expect(selected(root, { since: 'HEAD' })).rejects.toMatchObject({
      code: 'tree/no-history'
    })
  })
})
