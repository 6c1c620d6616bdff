import { describe, expect, test } from 'vitest'
import { loadTree } from '../../src/tree/load-tree.js'
import { HASH, packageFiles, problemLines, treeFolder } from './tree-fixture.js'

describe('a package', () => {
  test('has what its two files say, every placeholder expanded', async () => {
    const root = treeFolder({
      'core/zlib/package.toml': [
        '[package]',
        'name = "zlib"',
        'version = "1.3.1-rc.2"',
        'description = "A compression library"',
        'license = ["Zlib", "MIT OR Apache-2.0"]',
        'website = "https://zlib.net"',
        'platforms = ["linux/386"]',
        '[sources.zlib]',
        `hash = "${HASH.toUpperCase()}"`,
        'format = "tar.gz"',
        'file = "zlib-{version}.{format}"',
        'mirrors = [',
        '  "https://zlib.net/{version_major}/{version_major_minor}/{file}",',
        '  "debian:pool/{version_dash}/{version_under}/{version_strip_suffix}.{format}",',
        ']',
        '[sources.patch_1]',
        `hash = "${HASH}"`,
        'version = "7.8"',
        `git_sha = "${'A'.repeat(40)}"`,
        'mirrors = ["https://example.org/{version_major}/patch-{version_dash}.gz?x=/y#z"]',
        ''
      ].join('\n'),
      'core/zlib/Containerfile': 'FROM stagex/core-gcc\n'
    })
    const tree = await loadTree(root)
    expect(problemLines(tree)).toEqual([])
    const { images, ...rest } = tree.packages.get('core-zlib') ?? {}
    expect(images).toEqual([{ name: 'core-zlib', package: tree.packages.get('core-zlib') }])
    expect(rest).toEqual({
      stage: 'core',
      name: 'zlib',
      fullName: 'core-zlib',
      directory: `${root}/packages/core/zlib`,
      containerfilePath: `${root}/packages/core/zlib/Containerfile`,
      version: '1.3.1-rc.2',
      description: 'A compression library',
      license: 'Zlib AND (MIT OR Apache-2.0)',
      website: 'https://zlib.net',
      subpackages: [],
      platforms: ['linux/386'],
      sources: [
        {
          key: 'zlib',
          hash: HASH,
          format: 'tar.gz',
          file: 'zlib-1.3.1-rc.2.tar.gz',
          mirrors: [
            'https://zlib.net/1/1.3/zlib-1.3.1-rc.2.tar.gz',
            'debian:pool/1-3-1-rc-2/1_3_1-rc_2/1.3.1.tar.gz'
          ]
        },
        {
          key: 'patch_1',
          hash: HASH,
          version: '7.8',
          gitSha: 'A'.repeat(40),
          file: 'patch-7-8.gz',
          mirrors: ['https://example.org/7/patch-7-8.gz?x=/y#z']
        }
      ],
      buildArguments: {
        VERSION: '1.3.1-rc.2',
        VERSION_UNDER: '1_3_1-rc_2',
        VERSION_DASH: '1-3-1-rc-2',
        VERSION_MAJOR: '1',
        VERSION_MAJOR_MINOR: '1.3',
        VERSION_STRIP_SUFFIX: '1.3.1',
        PATCH_1_VERSION: '7.8',
        PATCH_1_SOURCE: 'patch-7-8.gz',
        PATCH_1_GIT_SHA: 'A'.repeat(40),
        SOURCE_DATE_EPOCH: '1',
        BUILDKIT_MULTI_PLATFORM: '1'
      },
      stages: [{ stages: [], images: [{ text: 'stagex/core-gcc', image: 'core-gcc', line: 1 }] }]
    })
  })

  test('may name its project at release-monitoring.org, in either place', async () => {
    const root = treeFolder({
      'core/a/package.toml':
        'release_monitoring_id = 1\n[package]\nname = "a"\nrelease_monitoring_id = "2"\n',
      'core/a/Containerfile': 'FROM scratch\n'
    })
    expect(problemLines(await loadTree(root))).toEqual([
      'packages/core/a/package.toml:4:25: warning: `release_monitoring_id` takes an integer; expected an integer; found "2" [tree/wrong-type]'
    ])
  })

  test('without a version gets no version arguments', async () => {
    const tree = await loadTree(treeFolder(packageFiles('core', 'a')))
    expect(tree.packages.get('core-a')?.buildArguments).toEqual({
      SOURCE_DATE_EPOCH: '1',
      BUILDKIT_MULTI_PLATFORM: '1'
    })
  })

  test('with subpackages yields their images and none of its own', async () => {
    const root = treeFolder({
      'core/llvm/package.toml':
        '[package]\nname = "llvm"\nsubpackages = ["clang", "lld"]\nversion = "1"\n',
      'core/llvm/Containerfile':
        'FROM scratch AS build\nFROM build AS package-clang\nFROM build AS Package-LLD\n'
    })
    const tree = await loadTree(root)
    const owner = tree.packages.get('core-llvm')
    expect([...tree.images.values()]).toEqual([
      { name: 'core-clang', package: owner, target: 'package-clang' },
      { name: 'core-lld', package: owner, target: 'package-lld' }
    ])
  })
})

describe('the tree', () => {
  test('is ordered by stage and name, whatever the folders’ order', async () => {
    const root = treeFolder({
      ...packageFiles('user', 'b'),
      ...packageFiles('core', 'z'),
      ...packageFiles('user', 'a'),
      ...packageFiles('bootstrap', 'stage0')
    })
    const tree = await loadTree(root)
    expect([...tree.images.keys()]).toEqual(['bootstrap-stage0', 'core-z', 'user-a', 'user-b'])
  })

  test('passes over files and hidden folders beside packages', async () => {
    const root = treeFolder({
      'README.md': 'text',
      'core/notes.txt': 'text',
      'core/.cache/x/package.toml': 'garbage',
      '.git/core/package.toml': 'garbage'
    })
    expect((await loadTree(root)).problems).toEqual([])
  })

  test('is an error where there is no folder of packages', async () => {
    await expect(loadTree('/nonexistent')).rejects.toMatchObject({ code: 'tree/not-a-tree' })
  })
})

describe('version_from', () => {
  test('is followed to the package that has a version, over subpackages too', async () => {
    const root = treeFolder({
      ...packageFiles('user', 'a', 'version_from = "core-sub"\n'),
      'core/b/package.toml':
        '[package]\nname = "b"\nsubpackages = ["sub"]\nversion_from = "core-c"\n',
      'core/b/Containerfile': 'FROM scratch AS package-sub\n',
      ...packageFiles('core', 'c', 'version = "4.2"\n')
    })
    const tree = await loadTree(root)
    expect(problemLines(tree)).toEqual([])
    const { version, versionFrom } = tree.packages.get('user-a') ?? {}
    expect({ version, versionFrom }).toEqual({ version: '4.2', versionFrom: 'core-sub' })
  })

  test('in a circle is shown as a path, and so is one that leads into a circle', async () => {
    const root = treeFolder({
      ...packageFiles('core', 'a', 'version_from = "core-b"\n'),
      ...packageFiles('core', 'b', 'version_from = "core-a"\n'),
      ...packageFiles('core', 'c', 'version_from = "core-a"\n'),
      ...packageFiles('core', 'd', 'version_from = "core-d"\n')
    })
    const tree = await loadTree(root)
    expect(tree.problems.map(({ code, found }) => [code, found])).toEqual([
      ['tree/version-cycle', 'core-a → core-b → core-a'],
      ['tree/version-cycle', 'core-b → core-a → core-b'],
      ['tree/version-cycle', 'core-a → core-b → core-a'],
      ['tree/version-cycle', 'core-d → core-d']
    ])
    expect(tree.packages.size).toBe(0)
  })

  test('to nowhere suggests a name; to a package without a version says so', async () => {
    const root = treeFolder({
      ...packageFiles('core', 'musl'),
      ...packageFiles('core', 'a', 'version_from = "core-mulsl"\n'),
      ...packageFiles('core', 'b', 'version_from = "core-musl"\n')
    })
    expect(problemLines(await loadTree(root))).toEqual([
      'packages/core/a/package.toml:3:16: error: there is no usable package `core-mulsl`; found core-a → core-mulsl; did you mean `core-musl`? [tree/version-from-nowhere]',
      'packages/core/b/package.toml:3:16: error: `core-musl` has no version; found core-b → core-musl [tree/version-from-nowhere]'
    ])
  })
})

describe('every problem of a file at once', () => {
  test('with its place, what was expected and found, and the key that was meant', async () => {
    const root = treeFolder({
      'core/a/package.toml': [
        'pakage = 1',
        '[package]',
        'nmae = "a"',
        'version = 1.2',
        'license = "GPL3"',
        'website = "ftp://example.org"',
        'platforms = ["linux", 3]',
        'subpackages = "x"',
        '[sources."a b"]',
        `hash = "${HASH}0"`,
        'mirrors = []',
        '[sources.b]',
        'mirors = ["https://example.org/x"]',
        'file = "x"'
      ].join('\n'),
      'core/a/Containerfile': 'FROM scratch\n'
    })
    const tree = await loadTree(root)
    expect(problemLines(tree)).toEqual(
      [
        '1:1: warning: unknown key `pakage`; found "pakage"; did you mean `package`? [tree/unknown-key]',
        '2:1: error: `name` is missing from `[package]`; expected a name of lower-case letters, digits and single separators (`.`, `_`, `-`) [tree/missing-key]',
        '3:1: warning: unknown key `nmae`; found "nmae"; did you mean `name`? [tree/unknown-key]',
        '4:11: error: `version` takes a string; expected a version that can be an image tag: at most 128 letters, digits, `.`, `_`, `-`, `+`, `~`; found the number 1.2 [tree/wrong-type]',
        '5:11: warning: not an SPDX licence expression; expected an SPDX licence expression; found "GPL3"; Unexpected `G` at offset 0 [tree/bad-license]',
        '6:11: warning: this cannot be `website`; expected an http or https URL; found "ftp://example.org" [tree/bad-value]',
        '7:14: error: this cannot be `platforms`; expected a platform, `<os>/<architecture>[/<variant>]`; found "linux" [tree/bad-value]',
        '7:23: error: `platforms` takes a string; expected a platform, `<os>/<architecture>[/<variant>]`; found the number 3 [tree/wrong-type]',
        '8:15: error: `subpackages` takes a list; expected an array of strings; found "x" [tree/wrong-type]',
        '9:1: error: this cannot be the key of a source; expected a key of letters, digits, `_`, `-`, `.`, `+`, not digits alone; found "a b" [tree/bad-value]',
        `10:8: error: this cannot be \`hash\`; expected a SHA-256: 64 hex digits; found "${HASH}0" [tree/bad-value]`,
        '11:11: error: `mirrors` is empty; expected at least one: a URL; found none [tree/bad-value]',
        '12:1: error: `hash` is missing from `[sources.b]`; expected a SHA-256: 64 hex digits [tree/missing-key]',
        '12:1: error: `mirrors` is missing from `[sources.b]`; expected a URL [tree/missing-key]',
        '13:1: warning: unknown key `mirors`; found "mirors"; did you mean `mirrors`? [tree/unknown-key]'
      ].map((line) => `packages/core/a/package.toml:${line}`)
    )
    expect(tree.broken.get('core-a')).toEqual(tree.problems)
  })

  test.each([
    ['version = "1"\nversion_from = "core-b"', 'tree/conflicting-keys', 4],
    [`[sources.a]\nhash = "${HASH}"\nmirrors = ["https://h/{nam}"]`, 'tree/bad-placeholder', 5],
    [`[sources.a]\nhash = "${HASH}"\nmirrors = ["https://h/{version}"]`, 'tree/bad-placeholder', 5],
    [`[sources.a]\nhash = "${HASH}"\nmirrors = ["https://h/}{"]`, 'tree/bad-placeholder', 5],
    [`[sources.a]\nhash = "${HASH}"\nmirrors = ["https://h/{file}"]`, 'tree/bad-placeholder', 5],
    [`[sources.a]\nhash = "${HASH}"\nmirrors = ["https://h/"]`, 'tree/bad-file-name', 5],
    [
      `[sources.a]\nhash = "${HASH}"\nfile = "../x"\nmirrors = ["https://h/"]`,
      'tree/bad-file-name',
      5
    ],
    [
      `[sources.a]\nversion = "../.."\nhash = "${HASH}"\nfile = "{version}"\nmirrors = ["https://h/"]`,
      'tree/bad-file-name',
      6
    ],
    [
      `[sources.a]\nhash = "${HASH}"\nmirrors = ["https://h/x"]\n[sources.b]\nhash = "${'1'.repeat(64)}"\nmirrors = ["https://i/x"]`,
      'tree/duplicate-file',
      6
    ],
    [
      `[sources.a]\nhash = "${HASH}"\nmirrors = ["https://h/x"]\n[sources.A]\nhash = "${HASH}"\nmirrors = ["https://i/x"]`,
      'tree/duplicate-argument',
      6
    ],
    ['subpackages = ["x"]', 'tree/no-target', 3],
    ['sources = 3', 'tree/unknown-key', 3],
    ['name = "other"', 'tree/syntax', 3],
    ['date = 2023-02-29', 'tree/bad-date', 3],
    ['x = { y = [ 2024-04-31T00:00:00Z ] }', 'tree/bad-date', 3],
    ['x = [ 2024-01-01, 2024-02-30 ]', 'tree/bad-date', 3],
    ['date = 2024-13-01', 'tree/syntax', 3],
    ['date = 25:00:00', 'tree/syntax', 3],
    ['version = "a b"', 'tree/bad-value', 3],
    ['description = "two\\nlines"', 'tree/bad-value', 3],
    [`[sources.a]\nhash = "${HASH}"\nmirrors = ["no url"]`, 'tree/bad-value', 5]
  ])('%j is %s in line %i', async (more, code, line) => {
    const tree = await loadTree(treeFolder(packageFiles('core', 'a', more)))
    expect(tree.problems.map((problem) => [problem.code, problem.position?.line])).toContainEqual([
      code,
      line
    ])
  })

  test.each([
    'date = 2024-02-29',
    'x = { y = [ 23:59:59 ] }',
    'date = 1979-05-27 07:32:00.5-07:00'
  ])('%j is a date that exists', async (more) => {
    const tree = await loadTree(treeFolder(packageFiles('core', 'a', more)))
    expect(tree.problems.map((problem) => problem.code)).toEqual(['tree/unknown-key'])
  })
})

describe('strictness', () => {
  const files = packageFiles('core', 'a', 'licence = "MIT"\n')

  test('what no built byte depends on is a warning in a foreign tree', async () => {
    const tree = await loadTree(treeFolder(files))
    expect(tree.problems.map(({ severity }) => severity)).toEqual(['warning'])
    expect(tree.packages.has('core-a')).toBe(true)
  })

  test('and an error in a strict one', async () => {
    const tree = await loadTree(treeFolder(files), { strict: true })
    expect(tree.problems.map(({ severity }) => severity)).toEqual(['error'])
    expect(tree.packages.has('core-a')).toBe(false)
  })
})

test('an image that two packages claim is the first one’s, and the second is in error', async () => {
  const root = treeFolder({
    'core/llvm/package.toml': '[package]\nname = "llvm"\nsubpackages = ["clang"]\n',
    'core/llvm/Containerfile': 'FROM scratch AS package-clang\n',
    ...packageFiles('core', 'clang')
  })
  const tree = await loadTree(root)
  expect(tree.images.get('core-clang')?.package.name).toBe('clang')
  expect(tree.problems.map(({ code, package: owner }) => [code, owner])).toEqual([
    ['tree/duplicate-image', 'core-llvm']
  ])
})
