import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { placeKey, positionAt, tomlPlaces } from '../../src/tree/toml-positions.js'
import type { TomlPath } from '../../src/tree/finding.js'

const document = [
  '# comment with [brackets] and "quotes',
  'top = "a # no comment"',
  "'quoted key' = 'it''s'".replace("''s", ' is'),
  '',
  '[table."dotted.key"]',
  'a.b = 1 # comment',
  'multi = """',
  'x = 1',
  '[not.a.table]',
  'end with quotes"""""',
  "literal = '''",
  "''",
  "'''",
  'list = [',
  '  "one", # ] comment',
  '  { inner = [1, 2], "k" = "}" },',
  '  [],',
  ']',
  '[[array]]',
  'x = 1',
  '[array.sub]',
  'y = 2',
  '[[array]]',
  'x = "\\"]"',
  ''
].join('\n')

/** What the text has where the path's value is said to be. */
function valueAt(text: string, path: TomlPath): string | undefined {
  const place = tomlPlaces(text).get(placeKey(path))
  return place === undefined ? undefined : text.slice(place.value, place.end)
}

describe('the place of a value', () => {
  test.each([
    [['top'], '"a # no comment"'],
    [['quoted key'], "'it is'"],
    [['table', 'dotted.key', 'a', 'b'], '1'],
    [['table', 'dotted.key', 'multi'], '"""\nx = 1\n[not.a.table]\nend with quotes"""""'],
    [['table', 'dotted.key', 'literal'], "'''\n''\n'''"],
    [['table', 'dotted.key', 'list', 0], '"one"'],
    [['table', 'dotted.key', 'list', 1, 'inner', 1], '2'],
    [['table', 'dotted.key', 'list', 1, 'k'], '"}"'],
    [['table', 'dotted.key', 'list', 2], '[]'],
    [['array', 0, 'x'], '1'],
    [['array', 0, 'sub', 'y'], '2'],
    [['array', 1, 'x'], '"\\"]"']
  ])('%j', (path, text) => {
    parse(document)
    expect(valueAt(document, path)).toBe(text)
  })

  test('is told for exactly the keys that a parser finds, with the same values', () => {
    fc.assert(
      fc.property(anyDocument, (text) => {
        for (const [path, value] of leaves(parse(text))) {
          const written = valueAt(text, path)
          expect(written, JSON.stringify(path)).toBeDefined()
          expect(parse(`v = ${written ?? ''}`)['v']).toEqual(value)
        }
      }),
      { numRuns: 500 }
    )
  })

  test('is never looked for without end, whatever the text', () => {
    const piece = fc.constantFrom(
      ...['[', ']', '[[', ']]', '{', '}', '=', '.', ',', '"', "'", '"""', "'''", '\\', '\n', '#'],
      ...['a', '1', ' ']
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        for (const { key, value, end } of tomlPlaces(text).values()) {
          expect(key).toBeLessThanOrEqual(value)
          expect(value).toBeLessThanOrEqual(end)
        }
      }),
      { numRuns: 2000 }
    )
  })
})

test('lines and columns count from one', () => {
  expect(positionAt('ab\ncd', 0)).toEqual({ line: 1, column: 1 })
  expect(positionAt('ab\ncd', 1)).toEqual({ line: 1, column: 2 })
  expect(positionAt('ab\ncd', 3)).toEqual({ line: 2, column: 1 })
  expect(positionAt('\n\n', 2)).toEqual({ line: 3, column: 1 })
})

/** Documents of every kind of key, value, table and comment. */
const anyDocument = fc
  .tuple(
    fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 4 }),
    fc.array(fc.oneof(anyScalar(), fc.array(anyScalar()).map(arrayText), inlineTable()), {
      minLength: 12,
      maxLength: 12
    }),
    fc.constantFrom('', ' # a comment with "quotes" and [brackets]')
  )
  .map(([names, values, comment]) => {
    const pair = (name: string, index: number): string =>
      `${JSON.stringify(name)} = ${values[index] ?? '0'}${comment}\n`
    const body = (from: number): string => names.map((name, i) => pair(name, from + i)).join('')
    return `${body(0)}["t 1".u]${comment}\n${body(4)}[[list]]\n${body(8)}[[list]]\n${body(0)}`
  })

function anyScalar(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.integer().map(String),
    fc.boolean().map(String),
    fc.string().map((text) => JSON.stringify(text).replaceAll('\u007f', '')),
    fc.string().map((text) => `'${text.replace(/[^ -&(-~]/g, '')}'`),
    fc.string().map((text) => `"""\n${text.replace(/[^ !#-[\]-~]/g, '\n')}"""`),
    fc.constantFrom('2024-02-29', '12:30:00', '0x1f', 'inf')
  )
}

function inlineTable(): fc.Arbitrary<string> {
  return anyScalar().map((value) => `{ a = ${value}, "b c".d = [1, ${value}] }`)
}

function arrayText(values: readonly string[]): string {
  return `[\n  ${values.join(', # ] "\n  ')}\n]`
}

function* leaves(value: unknown, path: TomlPath = []): Generator<[TomlPath, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) yield* leaves(inner, [...path, index])
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key])
  } else yield [path, value]
}
