import fc from 'fast-check'
import {
  appendFileSync,
  lstatSync,
  lutimesSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Choice, CopySource } from '../../src/build/copy/copy-source.js'
import { copyInto } from '../../src/build/copy/copy-tree.js'
import { selectWithParents } from '../../src/build/copy/parent-sources.js'
import { everything, withoutMatches } from '../../src/build/copy/path-filter.js'
import { selectSources } from '../../src/build/copy/select-sources.js'
import { sourceDigest } from '../../src/build/copy/source-digest.js'
import { PathMatcher } from '../../src/containerfile/ignore-file.js'
import { type PlainTree, asIs, makeTree, readTree, treeAt } from './copy/plain-tree.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-copy-'))
let count = 0
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function newFolder(tree: PlainTree): string {
  const path = join(folder, String(count++))
  makeTree(path, tree)
  return path
}

function sourceAt(root: string, path = '', choice: Choice = {}): CopySource {
  return { root, path, name: path, includes: everything, choice }
}

const position = { file: 'Containerfile', line: 1, column: 1 }
const patterns = (...texts: string[]): PathMatcher =>
  new PathMatcher(texts.map((text) => ({ text, position })))

const name = fc.constantFrom('a', 'b', 'c')
const { tree } = fc.letrec<{ tree: PlainTree; entry: PlainTree[string] }>((tie) => ({
  entry: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'tree' },
    fc.constantFrom('1', 'two'),
    fc.constantFrom({ to: 'x' }, { to: '/etc' }, { to: '../../..' }),
    tie('tree')
  ),
  tree: fc.dictionary(name, tie('entry'), { maxKeys: 3 })
}))

/** What a copy of one folder's contents into another gives; undefined where it must be refused. */
function merged(below: PlainTree, above: PlainTree): PlainTree | undefined {
  const result: Record<string, PlainTree[string]> = { ...below }
  for (const [key, entry] of Object.entries(above)) {
    const there = below[key]
    const isTree = (value: unknown): value is PlainTree =>
      typeof value === 'object' &&
      value !== null &&
      !('to' in value && typeof value.to === 'string')
    if (!isTree(entry)) {
      if (isTree(there)) return undefined
      result[key] = entry
      continue
    }
    if (there !== undefined && !isTree(there)) return undefined
    const inner = merged(there ?? {}, entry)
    if (inner === undefined) return undefined
    result[key] = inner
  }
  return result
}

describe('copying a folder', () => {
  test('merges folders, replaces files, and refuses what is of two kinds', async () => {
    await fc.assert(
      fc.asyncProperty(tree, tree, async (below, above) => {
        const target = newFolder({ root: below, outside: { a: 'untouched' } })
        const source = newFolder(above)
        const expected = merged(below, above)
        const copy = copyInto(treeAt(join(target, 'root')), '/', sourceAt(source), asIs)
        if (expected === undefined)
          await expect(copy).rejects.toMatchObject({ code: 'build/copy-failed' })
        else {
          await copy
          expect(readTree(join(target, 'root'))).toEqual(sorted(expected))
        }
        expect(readTree(join(target, 'outside'))).toEqual({ a: 'untouched' })
        expect(readTree(source)).toEqual(sorted(above))
      }),
      { numRuns: 150 }
    )
  })

  test('writes nothing outside, wherever the links of the target lead', async () => {
    const leading = fc.constantFrom(
      '..',
      '../..',
      '../../outside',
      '/outside',
      '/',
      'a/../../outside'
    )
    const links = fc.dictionary(
      name,
      leading.map((link) => ({ to: link }))
    )
    const path = fc.array(fc.constantFrom('a', 'b', 'c', '..'), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(links, path, fc.boolean(), async (given, parts, slash) => {
        const target = newFolder({ outside: { a: 'untouched' }, root: { d: given } })
        const source = newFolder({ f: 'new', a: 'new' })
        const destination = `/d/${parts.join('/')}${slash ? '/' : ''}`
        const before = readTree(join(target, 'outside'))
        await copyInto(treeAt(join(target, 'root')), destination, sourceAt(source), asIs).catch(
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'build/copy-failed' })
          }
        )
        expect(readTree(join(target, 'outside'))).toEqual(before)
        expect(Object.keys(readTree(target))).toEqual(['outside', 'root'])
      }),
      { numRuns: 150 }
    )
  })

  test('keeps holes where a file has them', async () => {
    const source = newFolder({ sparse: '' })
    const size = 50_000_000
    const file = join(source, 'sparse')
    const end = Buffer.from('end')
    truncateSync(file, size)
    appendFileSync(file, end)
    const target = newFolder({})
    await copyInto(treeAt(target), '/', sourceAt(source), asIs)
    const copied = lstatSync(join(target, 'sparse'))
    expect(copied.size).toBe(size + end.length)
    expect(copied.blocks * 512).toBeLessThan(1_000_000)
    expect(readFileSync(join(target, 'sparse')).subarray(size).toString()).toBe('end')
  })
})

describe('choosing what is copied', () => {
  const given = {
    a: { b: { c: '1', d: '2' }, e: '3' },
    f: { b: { c: '4' } },
    g: '5'
  }

  async function copied(source: CopySource, into: PlainTree = {}): Promise<PlainTree> {
    const target = newFolder(into)
    await copyInto(treeAt(target), '/', source, asIs)
    return readTree(target)
  }

  test('--exclude leaves out what matches, and makes a folder again for an exception in it', async () => {
    const source = newFolder(given)
    const choice = { except: patterns('a', '!a/b/d', 'g') }
    expect(await copied(sourceAt(source, '', choice))).toEqual({
      a: { b: { d: '2' } },
      f: { b: { c: '4' } }
    })
  })

  test('an ignore file shows no folder in which it takes nothing back', () => {
    const source = newFolder(given)
    const includes = withoutMatches(source, patterns('*', '!f/b'))
    expect(includes('a', true)).toBe(false)
    expect(includes('f', true)).toBe(true)
    expect(includes('f/b/c', false)).toBe(true)
    expect(includes('g', false)).toBe(false)
  })

  describe('--parents', () => {
    const select = (root: string, text: string): CopySource[] => {
      const tree = { root, label: 'the build context', includes: everything }
      return selectWithParents(tree, { text, position }, { where: '', choice: {} })
    }

    test.each([
      ['a/b/c', { a: { b: { c: '1' } } }],
      ['/a/e', { a: { e: '3' } }],
      ['a/b', { a: { b: { c: '1', d: '2' } } }],
      ['*/b/c', { a: { b: { c: '1' } }, f: { b: { c: '4' } } }],
      ['**/c', { a: { b: { c: '1' } }, f: { b: { c: '4' } } }],
      ['a/./b/c', { b: { c: '1' } }],
      ['a/b/./d', { d: '2' }],
      ['none*', {}]
    ])('%s keeps the folders above what it names', async (text, expected) => {
      const root = newFolder(given)
      const [source] = select(root, text)
      if (source === undefined) throw new Error('nothing is selected')
      expect(await copied(source)).toEqual(expected)
    })

    test('a path that is not there is an error, a pattern without a match is none', () => {
      const root = newFolder(given)
      expect(() => select(root, 'a/none')).toThrow(
        expect.objectContaining({ code: 'build/copy-missing' }) as Error
      )
      expect(() => select(root, 'none/./a')).toThrow(
        expect.objectContaining({ code: 'build/copy-missing' }) as Error
      )
    })
  })
})

describe('the digest of what is copied', () => {
  const digestOf = (root: string, text = '.'): string => {
    const tree = { root, label: 'the build context', includes: everything }
    return sourceDigest(selectSources(tree, text, { where: '', choice: {} }), 1)
  }

  test('is that of names, kinds and contents, not of place and age', () => {
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const same = digestOf(newFolder(one)) === digestOf(newFolder(other))
        expect(same).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)))
      }),
      { numRuns: 100 }
    )
  })

  test('times count before the epoch only', () => {
    const root = newFolder({ a: 'x' })
    const at = (time: string): string => {
      lutimesSync(join(root, 'a'), time, time)
      return digestOf(root)
    }
    expect(at('1000')).toBe(at('2000.5'))
    expect(at('0')).not.toBe(at('1000'))
    expect(at('0')).not.toBe(at('0.5'))
    expect(at('-7')).not.toBe(at('0'))
  })
})

function sorted(value: PlainTree): PlainTree {
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    entries.map(([key, entry]) => [
      key,
      typeof entry === 'object' ? sorted(entry as PlainTree) : entry
    ])
  )
}
