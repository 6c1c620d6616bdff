import { afterAll, describe, expect, test } from 'vitest'
import { loadTree } from '../../src/tree/load-tree.js'
import { resolveNames } from '../../src/tree/resolve-names.js'
import { packageFiles, treeFolder } from './tree-fixture.js'

const tree = await loadTree(
  treeFolder(
    {
      ...packageFiles('core', 'zlib'),
      ...packageFiles('core', 'python'),
      ...packageFiles('pallet', 'python'),
      ...packageFiles('user', 'core'),
      ...packageFiles('user', 'core-zlib'),
      'core/llvm/package.toml': '[package]\nname = "llvm"\nsubpackages = ["lld", "clang"]\n',
      'core/llvm/Containerfile': 'FROM scratch AS package-clang\nFROM scratch AS package-lld\n',
      'core/gcc/package.toml': '[package]\nname = "gcc"\nsubpackages = ["gcc", "libgcc"]\n',
      'core/gcc/Containerfile': 'FROM scratch AS package-gcc\nFROM scratch AS package-libgcc\n',
      'pallet/broken/package.toml': '[package]\n',
      'pallet/broken/Containerfile': 'FROM scratch\n'
    },
    afterAll
  )
)

function named(...names: string[]): string[] {
  return resolveNames(tree, names).images.map((image) => image.name)
}

function refused(name: string): unknown {
  try {
    return named(name)
  } catch (error) {
    return error
  }
}

describe('a name', () => {
  test.each([
    [['core-zlib'], ['core-zlib']],
    [['zlib'], ['core-zlib']],
    [['user-core-zlib'], ['user-core-zlib']],
    [['llvm'], ['core-clang', 'core-lld']],
    [['core-llvm'], ['core-clang', 'core-lld']],
    [['clang'], ['core-clang']],
    [['gcc'], ['core-gcc']],
    [['core-gcc'], ['core-gcc']],
    [['user'], ['user-core', 'user-core-zlib']],
    [
      ['user-core', 'zlib', 'core-zlib'],
      ['core-zlib', 'user-core']
    ],
    [[], []]
  ])('%j stands for %j', (names, images) => {
    expect(named(...names)).toEqual(images)
  })

  test('of a package in two stages is refused with both', () => {
    expect(refused('python')).toMatchObject({
      code: 'tree/ambiguous-name',
      hint: 'say one of: core-python, pallet-python'
    })
  })

  test('of a stage and of a package is refused with both', () => {
    expect(refused('core')).toMatchObject({
      code: 'tree/ambiguous-name',
      message: '`core` may mean stage core or user-core'
    })
  })

  test.each([
    ['zlip', 'did you mean `zlib`?'],
    ['core-pyhton', 'did you mean `core-python`?'],
    ['', '`stagex list` shows all'],
    ['__proto__', '`stagex list` shows all']
  ])('%j, which is none, is refused with %j', (name, hint) => {
    expect(refused(name)).toMatchObject({ code: 'tree/unknown-package', hint, kind: 'usage' })
  })

  test('of a broken package is refused with its problems', () => {
    for (const name of ['broken', 'pallet-broken']) {
      expect(refused(name)).toMatchObject({
        code: 'tree/broken-package',
        problems: [{ code: 'tree/missing-key', file: 'packages/pallet/broken/package.toml' }]
      })
    }
  })

  test('of a stage gives what is whole, and tells what is broken', () => {
    const { images, broken } = resolveNames(tree, ['pallet'])
    expect(images.map((image) => image.name)).toEqual(['pallet-python'])
    expect([...broken.keys()]).toEqual(['pallet-broken'])
  })
})
