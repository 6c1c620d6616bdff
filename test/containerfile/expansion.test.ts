import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expand } from '../../src/containerfile/expansion/lexer.js'
import { replaceMatches, trimMatch } from '../../src/containerfile/expansion/pattern.js'
import { SubstitutionError } from '../../src/containerfile/expansion/substitution-error.js'
import { cpuMilliseconds } from '../world/cpu-time.js'

const VARIABLES: Readonly<Record<string, string>> = { A: 'a b', EMPTY: '', PATH: '/x:/y' }
const lookup = (name: string): string | undefined => VARIABLES[name]

function text(word: string, escape = '\\'): string {
  return expand(word, lookup, escape).text
}

function words(word: string): readonly string[] {
  return expand(word, lookup, '\\', { split: true }).words
}

const plainText = fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', '/', '{', '}', 'é', '😀') })
const anyText = fc.string({ unit: fc.constantFrom('a', '$', '"', '\\', '{', '}', '`', ' ', '☃') })

describe('a word', () => {
  test('without special characters stays as it is', () => {
    fc.assert(fc.property(plainText, (word) => text(word) === word))
  })

  test('in single quotes is literal, whatever it holds', () => {
    fc.assert(fc.property(anyText, (word) => text(`'${word}'`) === word))
  })

  test('with every character escaped is literal, with either escape character', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('\\', '`'), (word, escape) => {
        const escaped = Array.from(word, (character) => escape + character).join('')
        return text(escaped, escape) === word
      })
    )
  })

  test('never gives anything but a result or a SubstitutionError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (word) => {
        try {
          text(word)
          return true
        } catch (error) {
          return error instanceof SubstitutionError
        }
      })
    )
  })

  test('splits at white space that is not quoted, also inside variables', () => {
    expect(words('x  $A "$A" \'y z\' w\\ v')).toEqual(['x', 'a', 'b', 'a b', 'y z', 'w v'])
    expect(words('$EMPTY "" x')).toEqual(['x'])
  })

  test('keeps the blanks behind << in one piece with what follows', () => {
    expect(words('cat <<  E <F')).toEqual(['cat', '<<  E', '<F'])
  })

  test('takes time in proportion to its length', () => {
    const long = '"$A" ${EMPTY:-x} \\y '.repeat(20_000)
    const started = cpuMilliseconds()
    expect(words(long)).toHaveLength(60_000)
    expect(cpuMilliseconds() - started).toBeLessThan(5000)
  })
})

describe('limits', () => {
  test.each([
    ['nesting', '${A:+'.repeat(101) + '}'.repeat(101), 'bad'],
    ['size', '$PATH'.repeat(300_000), 'large'],
    ['pattern × value', `\${X%${'*a'.repeat(3000)}}`, 'large']
  ])('of %s', (_what, word, reason) => {
    const large = 'a'.repeat(20_000)
    const values = (name: string): string | undefined => (name === 'X' ? large : lookup(name))
    expect(() => expand(word, values, '\\')).toThrow(expect.objectContaining({ reason }) as Error)
  })
})

/** The same by trying every end, with a regular expression for what a pattern means. */
function naiveTrim(pattern: string, value: string, end: '#' | '%', greedy: boolean): string {
  const body = pattern.replace(/[*?]/g, (special) => (special === '*' ? '[^\n]*' : '[^\n]'))
  const whole = new RegExp(`^(?:${body})$`)
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length)
  for (const length of greedy ? lengths.reverse() : lengths) {
    const part = end === '#' ? value.slice(0, length) : value.slice(value.length - length)
    if (!whole.test(part)) continue
    return end === '#' ? value.slice(length) : value.slice(0, value.length - length)
  }
  return value
}

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\n'), maxLength: 6 })
const value = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 })

describe('patterns', () => {
  test('trim what a slow and simple matcher trims', () => {
    fc.assert(
      fc.property(
        pattern,
        value,
        fc.constantFrom('#' as const, '%' as const),
        fc.boolean(),
        (shape, subject, end, greedy) =>
          trimMatch(shape, subject, end, greedy) === naiveTrim(shape, subject, end, greedy)
      ),
      { numRuns: 2000 }
    )
  })

  test('replace what a regular expression replaces', () => {
    fc.assert(
      fc.property(pattern, value, fc.boolean(), (shape, subject, all) => {
        const body = shape.replace(/[*?]/g, (special) => (special === '*' ? '[^\n]*' : '[^\n]'))
        const expected = all
          ? replaceAllAsGo(body, subject)
          : subject.replace(new RegExp(body), 'X')
        return replaceMatches(shape, subject, 'X', all) === expected
      }),
      { numRuns: 2000 }
    )
  })

  test('replace all but empty matches that touch the match before', () => {
    expect(replaceMatches('*', 'abc', 'X', true)).toBe('X')
    expect(replaceMatches('', 'abc', '-', true)).toBe('-a-b-c-')
  })

  test('in trims and replacements know nothing of brackets', () => {
    expect(trimMatch('[ab]', '[ab]c', '#', false)).toBe('c')
    expect(replaceMatches('.', 'a.b', '+', true)).toBe('a+b')
  })

  test('are matched in bounded time', () => {
    const started = cpuMilliseconds()
    trimMatch('*a'.repeat(50) + 'b', 'a'.repeat(50_000), '#', true)
    expect(cpuMilliseconds() - started).toBeLessThan(5000)
  })
})

/** JavaScript replaces empty matches behind a match, Go does not. */
function replaceAllAsGo(body: string, subject: string): string {
  let result = ''
  let copied = 0
  let lastEnd = -1
  for (const match of subject.matchAll(new RegExp(body, 'g'))) {
    const end = match.index + match[0].length
    if (match[0] === '' && match.index === lastEnd) continue
    result += `${subject.slice(copied, match.index)}X`
    copied = end
    lastEnd = end
  }
  return result + subject.slice(copied)
}
