import fc from 'fast-check'
import { lstatSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { resolveInRoot, resolveWithinRoot } from '../../src/build/copy/resolve.js'
import { type PlainTree, makeTree } from './copy/plain-tree.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-resolve-'))
let count = 0
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function rootOf(tree: PlainTree): string {
  const root = join(folder, String(count++), 'root')
  makeTree(root, tree)
  return root
}

const name = fc.constantFrom('a', 'b', 'c')
const part = fc.oneof({ weight: 4, arbitrary: name }, { arbitrary: fc.constant('..'), weight: 1 })
const relative = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const target = fc.oneof(
  relative,
  relative.map((path) => `/${path}`)
)
const { tree } = fc.letrec<{ tree: PlainTree; entry: PlainTree[string] }>((tie) => ({
  entry: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'tree' },
    fc.constant('text'),
    target.map((link) => ({ to: link })),
    tie('tree')
  ),
  tree: fc.dictionary(name, tie('entry'), { maxKeys: 3 })
}))

function hasLink(root: string, path: string): boolean {
  const parts = path.split('/').filter((each) => each !== '')
  return parts.some((_, end) => {
    const prefix = join(root, ...parts.slice(0, end + 1))
    return lstatSync(prefix, { throwIfNoEntry: false })?.isSymbolicLink() === true
  })
}

describe('a path is followed inside a root', () => {
  test('what comes out has no links and no .. in it, and leads to itself', () => {
    fc.assert(
      fc.property(tree, target, (given, path) => {
        const root = rootOf(given)
        let resolved: string
        try {
          resolved = resolveInRoot(root, path)
        } catch (error) {
          expect(error).toMatchObject({ code: 'build/copy-failed' })
          return
        }
        expect(resolved.split('/')).not.toContain('..')
        expect(resolved.startsWith('/')).toBe(false)
        try {
          expect(hasLink(root, resolved)).toBe(false)
          expect(resolveInRoot(root, resolved)).toBe(resolved)
        } catch (error) {
          // A file in the middle of the path is an error of the system, told when it is used.
          expect(error).toMatchObject({ code: 'ENOTDIR' })
        }
      }),
      { numRuns: 300 }
    )
  })

  test('where no link and no .. leads out, it is what the system says', () => {
    fc.assert(
      fc.property(tree, relative, (given, path) => {
        const root = rootOf(given)
        let real: string
        let within: string | undefined
        try {
          real = realpathSync.native(`${root}/${path}`)
          within = resolveWithinRoot(root, path)
        } catch {
          return
        }
        // An absolute link means the root here, the machine's own root to the system.
        if (within === undefined || !real.startsWith(root)) return
        expect(join(root, within)).toBe(real)
      }),
      { numRuns: 300 }
    )
  })

  test('absolute links start at the root, .. stops there', () => {
    const root = rootOf({ d: { abs: { to: '/e/f' }, up: { to: '../../../../e' } }, e: {} })
    expect(resolveInRoot(root, 'd/abs/x')).toBe('e/f/x')
    expect(resolveInRoot(root, '/d/up/../../..')).toBe('')
    expect(resolveWithinRoot(root, 'd/up')).toBeUndefined()
    expect(resolveWithinRoot(root, 'd/../e')).toBe('e')
  })

  test('loops and long chains of links end in an error', () => {
    const loop = rootOf({ a: { to: 'b' }, b: { to: 'a' } })
    expect(() => resolveInRoot(loop, 'a')).toThrow(
      expect.objectContaining({ code: 'build/copy-failed' }) as Error
    )
    const chain = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`l${i}`, { to: `l${i + 1}` }])
    )
    expect(resolveInRoot(rootOf(chain), 'l60')).toBe('l300')
    expect(() => resolveInRoot(rootOf(chain), 'l0')).toThrow(
      expect.objectContaining({ code: 'build/copy-failed' }) as Error
    )
  })
})
