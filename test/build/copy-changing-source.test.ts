import { spawn } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { unpackIfArchive } from '../../src/build/copy/archive/unpack-source.js'
import { readableError } from '../../src/build/copy/copy-error.js'
import type { CopySource } from '../../src/build/copy/copy-source.js'
import { copyInto } from '../../src/build/copy/copy-tree.js'
import { everything, type PathFilter } from '../../src/build/copy/path-filter.js'
import { selectSources } from '../../src/build/copy/select-sources.js'
import { sourceDigest } from '../../src/build/copy/source-digest.js'
import { archiveBytes } from '../conformance/archive.js'
import { type PlainTree, asIs, makeTree, me, readTree, treeAt } from './copy/plain-tree.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-changing-'))
let count = 0
afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface Place {
  /** A context that somebody else can write, too. */
  readonly context: string
  /** Where an image is made. */
  readonly target: string
  /** What only the user who builds may read. */
  readonly private: string
}

const secret = 'a secret'

function place(context: PlainTree): Place {
  const path = join(folder, String(count++))
  makeTree(path, { context, target: {}, private: { text: secret, folder: { text: secret } } })
  const at = (name: string): string => join(path, name)
  return { context: at('context'), target: at('target'), private: at('private') }
}

/** Puts a link in the place of a file or folder. */
function swap(path: string, to: string): void {
  renameSync(path, `${path}-before`)
  symlinkSync(to, path)
}

/** Takes everything, and does something once a path has been looked at, before it is used. */
function whenSeen(path: string, act: () => void): PathFilter {
  let acted = false
  return (seen) => {
    if (seen === path && !acted) {
      acted = true
      act()
    }
    return true
  }
}

function source(root: string, path: string, includes: PathFilter = everything): CopySource {
  return { root, path, name: path, includes, choice: {} }
}

/** The code of what is thrown, undefined where nothing is. */
async function refusal(work: () => unknown): Promise<unknown> {
  try {
    await work()
    return undefined
  } catch (error) {
    return (readableError(error, 'Containerfile:1:1') as { code?: unknown }).code
  }
}

const copyOf = ({ target }: Place, from: CopySource): Promise<unknown> => {
  return refusal(() => copyInto(treeAt(target), '/', from, asIs))
}

describe('a context that changes while it is copied', () => {
  const tree = { a: { b: { text: 'public' } }, text: 'public' }

  test('a folder that becomes a link is refused', async () => {
    const made = place(tree)
    const includes = whenSeen('a/b', () => {
      swap(join(made.context, 'a/b'), join(made.private, 'folder'))
    })
    expect(await copyOf(made, source(made.context, '', includes))).toBe('build/copy-failed')
    expect(JSON.stringify(readTree(made.target))).not.toContain(secret)
  })

  test('a file that becomes a link is refused', async () => {
    const made = place(tree)
    const includes = whenSeen('text', () => {
      swap(join(made.context, 'text'), join(made.private, 'text'))
    })
    expect(await copyOf(made, source(made.context, '', includes))).toBe('build/copy-failed')
    expect(JSON.stringify(readTree(made.target))).not.toContain(secret)
  })

  test('what is being read is read to its end, when a folder above it becomes a link', async () => {
    const made = place(tree)
    makeTree(join(made.private, 'b'), { text: secret })
    const includes = whenSeen('a/b/text', () => {
      swap(join(made.context, 'a'), made.private)
    })
    expect(await copyOf(made, source(made.context, '', includes))).toBe(undefined)
    expect(readTree(made.target)).toEqual(tree)
  })

  test('a source below a folder that became a link since it was found is refused', async () => {
    const made = place(tree)
    makeTree(join(made.private, 'b'), { text: secret })
    const context = { root: made.context, label: 'the build context', includes: everything }
    const [found] = selectSources(context, 'a/b/text', { where: '', choice: {} })
    if (found === undefined) throw new Error('nothing was found')
    swap(join(made.context, 'a'), made.private)
    expect(await copyOf(made, found)).toBe('build/copy-failed')
    expect(await refusal(() => sourceDigest([found], 1))).toBe('build/copy-failed')
    expect(await refusal(() => unpackIfArchive(treeAt(made.target), '/', found, me))).toBe(
      'build/copy-failed'
    )
    expect(readTree(made.target)).toEqual({})
  })

  test('a digest is of nothing that a link leads to', async () => {
    const made = place(tree)
    const includes = whenSeen('text', () => {
      swap(join(made.context, 'text'), join(made.private, 'text'))
    })
    const digest = (): unknown => sourceDigest([source(made.context, '', includes)], 1)
    expect(await refusal(digest)).toBe('build/copy-failed')
  })

  test('an archive that becomes a link is no archive', async () => {
    const made = place({})
    const hidden = join(made.private, 'archive.tar')
    const bytes = await archiveBytes({ entries: [{ path: 'text', text: secret }] })
    makeTree(made.private, { 'archive.tar': bytes.toString('latin1') })
    symlinkSync(hidden, join(made.context, 'archive.tar'))
    const named = source(made.context, 'archive.tar')
    expect(await unpackIfArchive(treeAt(made.target), '/', named, me)).toBe(false)
    expect(readTree(made.target)).toEqual({})
  })

  test('nothing private is copied, however often names change their meaning', async () => {
    const made = place({ a: { b: { text: 'public' } } })
    makeTree(join(made.private, 'b'), { text: secret })
    const swapping = spawn(process.execPath, ['-e', swapForever, made.context, made.private])
    try {
      const seen = new Set<unknown>()
      for (const until = Date.now() + 1500; Date.now() < until;) {
        const target = join(folder, String(count++))
        makeTree(target, {})
        seen.add(await copyOf({ ...made, target }, source(made.context, '')))
        expect(JSON.stringify(readTree(target))).not.toContain(secret)
      }
      expect([...seen]).toContain(undefined)
    } finally {
      swapping.kill('SIGKILL')
    }
  }, 30_000)
})

/** Lets the name `a` mean a folder and a link by turns. */
const swapForever = `
const { renameSync, symlinkSync } = require('node:fs')
const [context, hidden] = process.argv.slice(1)
symlinkSync(hidden, context + '/../link')
for (;;) {
  renameSync(context + '/a', context + '/../folder')
  renameSync(context + '/../link', context + '/a')
  renameSync(context + '/a', context + '/../link')
  renameSync(context + '/../folder', context + '/a')
}
`
