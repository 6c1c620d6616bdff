import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadTree } from '../../src/tree/load-tree.js'
import { HASH, packageFiles, treeFolder } from './tree-fixture.js'
import { cpuMilliseconds } from '../world/cpu-time.js'

/** Ways to put something else in a file's place. */
const REPLACEMENTS: Record<string, (path: string) => void> = {
  'tree/not-a-file (a folder)': (path) => {
    mkdirSync(path)
  },
  'tree/not-a-file (a dangling link)': (path) => {
    symlinkSync('/no/such/file', path)
  },
  'tree/not-a-file (a pipe)': (path) => {
    execFileSync('mkfifo', [path])
  },
  'tree/not-a-file (a device)': (path) => {
    symlinkSync('/dev/null', path)
  },
  'tree/not-a-file (a device that never ends)': (path) => {
    symlinkSync('/dev/zero', path)
  },
  'tree/too-large (a gigabyte)': (path) => {
    writeFileSync(path, '')
    truncateSync(path, 2 ** 30)
  },
  'tree/unreadable (a link to itself)': (path) => {
    symlinkSync(path, path)
  },
  'tree/not-utf8 (bytes)': (path) => {
    writeFileSync(path, Buffer.from('ok = 1\nbad = "\xff"\n', 'latin1'))
  }
}

describe.each(['package.toml', 'Containerfile'])('in place of a %s', (file) => {
  test.each(Object.keys(REPLACEMENTS))('%s is told, and all others load', async (what) => {
    const root = treeFolder({ ...packageFiles('core', 'a'), ...packageFiles('core', 'b') })
    const path = join(root, 'packages/core/a', file)
    rmSync(path)
    REPLACEMENTS[what]?.(path)
    const tree = await loadTree(root)
    expect(tree.problems.map((problem) => [problem.code, problem.file])).toEqual([
      [what.split(' ')[0], `packages/core/a/${file}`]
    ])
    expect([...tree.packages.keys()]).toEqual(['core-b'])
    expect([...tree.broken.keys()]).toEqual(['core-a'])
  })
})

describe('in a package.toml', () => {
  test.each([
    ['tree/byte-order-mark', '\ufeff[package]\nname = "a"\n', '1:1'],
    ['tree/carriage-return', '[package]\r\nname = "a"\r\n', '1:10'],
    ['tree/syntax', '[package]\nname = "a"\nname = "a"\n', '3:1'],
    ['tree/syntax', '[package]\nname = "a', '2:8'],
    ['tree/syntax', '\u0000\u0001garbage', '1:1'],
    ['tree/syntax', `x = ${'['.repeat(99)}`, '1:37'],
    ['tree/missing-key', '', '1:1'],
    ['tree/wrong-type', 'package = 3\n', '1:11'],
    ['tree/wrong-type', '[[package]]\nname = "a"\n', '1:1'],
    ['tree/wrong-type', 'package = 2024-01-01\n', '1:11'],
    ['tree/missing-key', '[__proto__]\nname = "a"\n', '1:1'],
    ['tree/bad-value', '[package]\nname = "A"\n', '2:8']
  ])('%s is told: %j at %s', async (code, text, place) => {
    const root = treeFolder({
      'core/a/package.toml': text,
      'core/a/Containerfile': 'FROM scratch\n',
      ...packageFiles('core', 'b')
    })
    const tree = await loadTree(root)
    const problem = tree.problems.find((each) => each.severity === 'error')
    expect(problem?.code).toBe(code)
    const { line, column } = problem?.position ?? {}
    expect(`${line ?? ''}:${column ?? ''}`).toBe(place)
    expect([...tree.packages.keys()]).toEqual(['core-b'])
  })

  test('a hundred thousand unknown keys are told a hundred at a time', async () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `naam${index} = 1\n`).join('')
    const tree = await loadTree(treeFolder(packageFiles('core', 'a', keys)))
    expect(tree.problems).toHaveLength(100)
  })

  test('a mebibyte of nested and dotted keys takes no more than its time', async () => {
    const hostile = [
      `x = ${'['.repeat(100_000)}`,
      `${'a.'.repeat(100_000)}a = 1`,
      `[${'a.'.repeat(1000)}a]\n${Array.from({ length: 20_000 }, (_, i) => `k${i} = 1\n`).join('')}`,
      `x = [${'[1],'.repeat(100_000)}]`,
      `license = "${'('.repeat(500_000)}"`,
      `name = "${'a-'.repeat(200_000)}"`
    ]
    for (const text of hostile) {
      const start = cpuMilliseconds()
      await loadTree(treeFolder(packageFiles('core', 'a', `date = 2023-02-30\n${text}`)))
      await loadTree(treeFolder(packageFiles('core', 'a', text)))
      expect(cpuMilliseconds() - start).toBeLessThan(8000)
    }
  })
})

describe('a Containerfile that cannot be read as one', () => {
  test.each([
    '',
    '# only a comment\n',
    'RUN true\n',
    'FRM scratch\n',
    'FROM scratch\nRUN <<EOF\n',
    '\0'
  ])('%j is told with its place', async (text) => {
    const root = treeFolder({
      'core/a/package.toml': '[package]\nname = "a"\n',
      'core/a/Containerfile': text
    })
    const tree = await loadTree(root)
    expect(tree.problems.map(({ code, file }) => [code, file])).toEqual([
      ['tree/bad-containerfile', 'packages/core/a/Containerfile']
    ])
    expect(tree.problems[0]?.position).toBeDefined()
  })
})

describe('folders', () => {
  test('with names that no image can have are told', async () => {
    const root = treeFolder({
      ...packageFiles('core', 'Upper'),
      ...packageFiles('core', 'double..dot'),
      ...packageFiles('two-parts', 'a'),
      ...packageFiles('core', 'fine')
    })
    mkdirSync(Buffer.from(`${root}/packages/core/\xff`, 'latin1'))
    const tree = await loadTree(root)
    expect(tree.problems.map(({ code, file }) => [code, file]).sort()).toEqual([
      ['tree/bad-directory-name', 'packages/core/Upper'],
      ['tree/bad-directory-name', 'packages/core/double..dot'],
      ['tree/bad-directory-name', 'packages/core/\ufffd'],
      ['tree/bad-directory-name', 'packages/two-parts']
    ])
    expect([...tree.packages.keys()]).toEqual(['core-fine'])
  })

  test('that are dangling links are told, packages and stages', async () => {
    const root = treeFolder(packageFiles('core', 'fine'))
    symlinkSync('/no/such/folder', join(root, 'packages/core/gone'))
    symlinkSync('/no/such/folder', join(root, 'packages/lost'))
    const tree = await loadTree(root)
    expect(tree.problems.map(({ code, file }) => [code, file])).toEqual([
      ['tree/unreadable', 'packages/lost'],
      ['tree/no-definition', 'packages/core/gone/package.toml'],
      ['tree/no-containerfile', 'packages/core/gone/Containerfile']
    ])
    expect([...tree.packages.keys()]).toEqual(['core-fine'])
  })

  test('without a package.toml are unfinished, without a Containerfile in error', async () => {
    const root = treeFolder({
      'core/a/Containerfile': 'FROM scratch\n',
      'core/b/package.toml': '[package]\nname = "b"\n'
    })
    const tree = await loadTree(root)
    expect(tree.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['tree/no-definition', 'warning'],
      ['tree/no-containerfile', 'error']
    ])
    expect([...tree.broken.keys()]).toEqual(['core-a', 'core-b'])
  })
})

describe('any text at all', () => {
  const good = [
    '[package]\nname = "a"\nversion = "1"\n[sources.x]\n',
    `hash = "${HASH}"\nmirrors = ["https://example.org/{version}.tar"]\n`
  ].join('')
  const mutated = fc
    .array(fc.tuple(fc.nat(good.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 4 })), {
      maxLength: 6
    })
    .map((edits) =>
      edits.reduce((text, [at, drop, add]) => text.slice(0, at) + add + text.slice(at + drop), good)
    )

  test('in a package.toml gives a package or problems with places, never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.string({ unit: 'binary' })), async (text) => {
        const root = treeFolder({
          'core/a/package.toml': text,
          'core/a/Containerfile': 'FROM scratch\n'
        })
        const tree = await loadTree(root)
        expect(tree.packages.size + tree.broken.size).toBe(1)
        for (const { position, file } of tree.problems) {
          const lines = text.split('\n').length
          expect(file).toBe('packages/core/a/package.toml')
          if (position !== undefined) expect(position.line).toBeLessThanOrEqual(lines)
        }
      }),
      { numRuns: 300 }
    )
  })
})
