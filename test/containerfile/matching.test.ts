import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfText } from '../../src/base/byte-string.js'
import { PathMatcher, parseIgnoreFile } from '../../src/containerfile/ignore-file.js'
import { isWildcardWellFormed, matchWildcard } from '../../src/containerfile/wildcard.js'
import { cpuMilliseconds } from '../world/cpu-time.js'

function wildcard(pattern: string, name: string): boolean {
  return matchWildcard(bytesOfText(pattern), bytesOfText(name))
}

describe('wildcards are those of Go', () => {
  test.each([
    ['abc', 'abc', true],
    ['*', 'abc', true],
    ['*c', 'abc', true],
    ['a*', 'ab/c', false],
    ['a*/b', 'abc/b', true],
    ['a*/b', 'a/c/b', false],
    ['a*b*c*d*e*/f', 'axbxcxdxexxx/f', true],
    ['a*b?c*x', 'abxbbxdbxebxczzx', true],
    ['a*b?c*x', 'abxbbxdbxebxczzy', false],
    ['ab[c]', 'abc', true],
    ['ab[^c]', 'abc', false],
    ['ab[b-d]', 'abc', true],
    ['ab[e-g]', 'abc', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'ab', false],
    ['a?b', 'a☺b', true],
    ['a???b', 'a☺b', false],
    ['[a-ζ]*', 'α', true],
    ['a[^a]b', 'a/b', true],
    ['*[^a][^a]*', 'b//', false],
    ['a?b', 'a/b', false],
    ['a*b', 'a/b', false],
    ['[\\-x]', '-', true],
    ['*x', 'xxx', true],
    ['', '', true],
    ['*', '', true],
    ['[', 'a', false],
    ['a[', 'a', false],
    ['[]a]', ']', false],
    ['[-]', '-', false],
    ['[x-]', 'x', false],
    ['\\', '\\', false]
  ])('%s and %s: %s', (pattern, name, matches) => {
    expect(wildcard(pattern, name)).toBe(matches)
  })

  test.each(['[', 'a[', '[]a]', '[-]', '[x-]', '[a-b-c]', '\\', '[^]', '[a'])(
    '%s is malformed',
    (pattern) => {
      expect(isWildcardWellFormed(pattern)).toBe(false)
    }
  )

  test('read names as UTF-8, and a byte that is not as one character', () => {
    expect(matchWildcard('?', '\xff')).toBe(true)
    expect(matchWildcard('??', '\xe2\x98')).toBe(true)
    expect(matchWildcard('?', bytesOfText('☺'))).toBe(true)
    expect(matchWildcard('\xff', '\xff')).toBe(true)
  })

  test('agree with trying everything', () => {
    const letters = fc.constantFrom('a', 'b', '/')
    const elements = fc.constantFrom('a', 'b', '/', '*', '?', '[ab]')
    fc.assert(
      fc.property(
        fc.array(elements, { maxLength: 7 }),
        fc.string({ unit: letters, maxLength: 9 }),
        (parts, name) => matchWildcard(parts.join(''), name) === naiveWildcard(parts, name)
      ),
      { numRuns: 3000 }
    )
  })

  test('take bounded time on hostile patterns', () => {
    const started = cpuMilliseconds()
    expect(matchWildcard('*a'.repeat(2000) + 'b', 'a'.repeat(4000))).toBe(false)
    expect(cpuMilliseconds() - started).toBeLessThan(2000)
  })
})

function naiveWildcard(parts: readonly string[], name: string): boolean {
  const [first, ...rest] = parts
  if (first === undefined) return name === ''
  if (first === '*') {
    for (let length = 0; length <= name.length; length++) {
      if (naiveWildcard(rest, name.slice(length))) return true
      if (name[length] === '/') return false
    }
    return false
  }
  const character = name.charAt(0)
  const accepted =
    first === '?'
      ? character !== '/'
      : first === '[ab]'
        ? 'ab'.includes(character)
        : character === first
  return character !== '' && accepted && naiveWildcard(rest, name.slice(1))
}

function left(ignore: string, paths: readonly string[]): string[] {
  const matcher = new PathMatcher(parseIgnoreFile(ignore, '.dockerignore'))
  return paths.filter((path) => !matcher.matches(bytesOfText(path)))
}

describe('ignore files', () => {
  const paths = [
    'a',
    'a.md',
    'README.md',
    'd/a',
    'd/a.md',
    'd/e/a',
    'd/e/b.md',
    'x y',
    '#c',
    '!b',
    'ü'
  ]

  test.each([
    ['nothing', '', paths],
    ['comments and blank lines', '# a\n\n   \n', paths],
    ['a name', 'a\n', paths.filter((path) => path !== 'a')],
    ['slashes around it', '/a/\n', paths.filter((path) => path !== 'a')],
    ['a folder with all below', 'd\n', paths.filter((path) => !path.startsWith('d/'))],
    ['one level', '*.md\n', paths.filter((path) => !['a.md', 'README.md'].includes(path))],
    ['two levels', '*/*.md\n', paths.filter((path) => path !== 'd/a.md')],
    ['all levels', '**/*.md\n', paths.filter((path) => !path.endsWith('.md'))],
    ['an exception', '*.md\n!README.md\n', paths.filter((path) => path !== 'a.md')],
    [
      'an exception undone',
      '*.md\n!README.md\nREADME*\n',
      paths.filter((path) => !/^[^/]*\.md$/.test(path))
    ],
    [
      'an exception below a folder',
      'd\n!d/e/a\n',
      [...paths.slice(0, 3), 'd/e/a', ...paths.slice(7)]
    ],
    ['everything', '**\n', []],
    ['all but one', '*\n!d/e\n', ['d/e/a', 'd/e/b.md']],
    [
      'white space around',
      '  a  \n\tx y\t\r\n',
      paths.filter((path) => !['a', 'x y'].includes(path))
    ],
    ['a comment sign further in', ' #c\n', paths.filter((path) => path !== '#c')],
    ['an escaped !', '\\!b\n', paths.filter((path) => path !== '!b')],
    [
      'characters, not bytes',
      '?\n',
      paths.filter((path) => !['a', 'd/a', 'd/a.md', 'd/e/a', 'd/e/b.md', 'ü'].includes(path))
    ],
    ['a byte-order mark', '\ufeffa\n', paths.filter((path) => path !== 'a')],
    ['dots', './d/../a\n', paths.filter((path) => path !== 'a')],
    ['the context itself', '.\n/\n', paths]
  ])('%s', (_name, ignore, expected) => {
    expect(left(ignore, paths)).toEqual(expected)
  })

  test.each([
    ['!', 1, 1],
    ['a\n  !  \n', 2, 3],
    ['a[\n', 1, 1],
    ['\n[z-a]\n', 2, 1],
    ['a\\\n', 1, 1],
    ['\\d\n', 1, 1],
    ['[*]\n', 1, 1],
    ['[[:alpha:]]\n', 1, 1],
    ['!/\n', 1, 1]
  ])('%j is refused at line %i, column %i', (ignore, line, column) => {
    expect(() => new PathMatcher(parseIgnoreFile(ignore, 'i'))).toThrow(
      expect.objectContaining({
        code: 'containerfile/bad-pattern',
        position: { file: 'i', line, column }
      }) as Error
    )
  })

  test('say whether something below a matched folder can be left in', () => {
    const matcher = (ignore: string) => new PathMatcher(parseIgnoreFile(ignore, 'i'))
    expect(matcher('d\n').hasExceptions).toBe(false)
    expect(matcher('d\n!d/e\n').hasExceptions).toBe(true)
  })

  test('decide alike in whatever order paths are asked for', () => {
    const ignore = parseIgnoreFile('d\n!d/e\n**/b.md\n!a*\n', 'i')
    const once = new PathMatcher(ignore)
    for (const path of [...paths, ...[...paths].reverse()]) {
      expect(once.matches(path)).toBe(new PathMatcher(ignore).matches(path))
    }
  })

  test('take bounded time on hostile patterns', () => {
    const started = cpuMilliseconds()
    const [matcher, path] = [
      new PathMatcher(parseIgnoreFile(`${'**/*a'.repeat(300)}b\n`, 'i')),
      `${'a/'.repeat(1000)}a`
    ]
    expect(matcher.matches(path)).toBe(false)
    expect(cpuMilliseconds() - started).toBeLessThan(10_000)
  })
})
