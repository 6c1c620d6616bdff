import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modeChange } from '../../src/build/copy/mode-change.js'

const octal = (text: string): number => Number.parseInt(text, 8)

describe('--chmod', () => {
  test.each([
    ['644', '4755', '0644'],
    ['7777', '0', '7777'],
    ['00755', '0', '0755'],
    ['u+x', '640', '0740'],
    ['go-rwx', '4777', '4700'],
    ['a=r', '7777', '1444'],
    ['g=u', '7741', '7771'],
    ['u=g,g=o', '7531', '7311'],
    ['u=rwX,go=rX', '600', '0644'],
    ['u=rwX,go=rX', '610', '0755'],
    ['+s', '755', '6755'],
    ['o+s', '755', '0755'],
    ['u+s,o+t', '755', '4755'],
    ['+t', '755', '1755'],
    ['=', '7777', '1000'],
    ['u+r-w=x', '600', '0100']
  ])('%s makes %s into %s', (text, before, after) => {
    expect(modeChange(text).apply(octal(before), false).toString(8).padStart(4, '0')).toBe(after)
  })

  test('X gives folders what it gives files only if they have it', () => {
    expect(modeChange('a+X').apply(0o600, true)).toBe(0o711)
    expect(modeChange('a+X').apply(0o600, false)).toBe(0o600)
  })

  test('folders on the way take octal permissions only', () => {
    expect(modeChange('4711').forNewFolders).toBe(0o711)
    expect(modeChange('u=,go=').forNewFolders).toBe(0o755)
  })

  test('whatever it says, modes stay modes, and doing it twice is doing it once without copies', () => {
    const clause = fc
      .tuple(
        fc.stringMatching(/^[ugoa]{0,3}$/),
        fc.array(fc.stringMatching(/^[-+=][rwxXst]{0,4}$/), { minLength: 1, maxLength: 2 })
      )
      .map(([who, actions]) => who + actions.join(''))
    const text = fc
      .array(clause, { minLength: 1, maxLength: 1 })
      .map((clauses) => clauses.join(','))
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 0, max: 0o7777 }),
        fc.boolean(),
        (given, mode, isFolder) => {
          const change = modeChange(given)
          const once = change.apply(mode, isFolder)
          expect(once & ~0o7777).toBe(0)
          if (!given.includes('X')) expect(change.apply(once, isFolder)).toBe(once)
        }
      )
    )
  })

  test.each(['', '8', 'rwx', 'u', 'u+z', 'z+x', '0755,u+x', 'u+x,', '-1', '77777x'])(
    '%s is no mode',
    (text) => {
      expect(() => modeChange(text)).toThrow(
        expect.objectContaining({ code: 'build/copy-failed' }) as Error
      )
    }
  )
})
