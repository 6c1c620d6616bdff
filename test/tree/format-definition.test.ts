import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { PACKAGE_FIELDS, SOURCE_FIELDS } from '../../src/tree/definition-fields.js'
import { formatDefinition } from '../../src/tree/style/format-definition.js'
import { PACKAGE_ORDER, SOURCE_ORDER } from '../../src/tree/style/key-order.js'

/** Documents as people leave them: any order, odd spacing, comments everywhere. */
const comment = fc.stringMatching(/^#[ -~]{0,12}$/).map((text) => text.trimEnd())
const between = fc.array(fc.oneof(comment, fc.constant('')), { maxLength: 3 })
const behind = fc.option(comment, { nil: '' })
const text = fc
  .tuple(fc.constantFrom('"', "'"), fc.stringMatching(/^[ !#-&(-[\]-~]{0,30}$/))
  .map(([quote, content]) => `${quote}${content}${quote}`)
const blank = fc.constantFrom('', ' ', '\t', '  ')

const list = fc
  .array(fc.tuple(text, between, behind), { maxLength: 4 })
  .chain((items) => fc.tuple(fc.constant(items), fc.boolean()))
  .map(([items, lines]) => {
    if (!lines) return `[${items.map(([item]) => item).join(' , ')}]`
    const rows = items.flatMap(([item, above, after]) => [...above, `  ${item}, ${after}`])
    return ['[', ...rows, ']'].join('\n')
  })

const value = fc.oneof(
  text,
  list,
  fc.constantFrom('12', 'true', '1979-05-27', '[[1, 2], []]', '{ a = 1 }', '"""x\n y"""', '"\\n"')
)

const line = fc
  .tuple(between, blank, value, blank, behind)
  .map(([above, before, what, after, trail]) => (key: string) => {
    return [...above, `${before}${key}${before}=${after}${what}${after} ${trail}`]
  })

function table(header: string, keys: readonly string[]): fc.Arbitrary<string[]> {
  return fc
    .tuple(
      between,
      behind,
      fc.shuffledSubarray([...keys, 'odd', '"quo-ted"', 'a . b']),
      fc.array(line, { minLength: 12, maxLength: 12 }),
      between
    )
    .map(([above, trail, chosen, lines, below]) => [
      ...above,
      `${header} ${trail}`,
      ...chosen.flatMap((key, index) => lines[index]?.(key) ?? []),
      ...below
    ])
}

const document = fc
  .tuple(
    fc.shuffledSubarray(['[package]', '[sources.b]', '[ sources . a ]', '[other]', '[[many]]']),
    table('[package]', PACKAGE_ORDER),
    table('[sources.b]', SOURCE_ORDER),
    table('[ sources . a ]', SOURCE_ORDER),
    table('[other]', []),
    table('[[many]]', []),
    between,
    fc.constantFrom('', '\n')
  )
  .map(([order, ...parts]) => {
    const tables = parts.slice(0, 5) as string[][]
    const chosen = order.map((header) =>
      tables.find((lines) => lines.some((each) => each.startsWith(header)))
    )
    const [rest, end] = [parts[5], parts[6]]
    return [...chosen.flatMap((lines) => lines ?? []), ...rest].join('\n') + end
  })

function commentsOf(toml: string): string[] {
  return toml
    .split('\n')
    .flatMap((each) => /(?:^|[^"'])(#[^"']*)$/.exec(each)?.[1]?.trim() ?? [])
    .sort()
}

describe('formatting a package.toml', () => {
  it('twice is formatting it once', () => {
    fc.assert(
      fc.property(document, (toml) => {
        const once = formatDefinition(toml)
        expect(formatDefinition(once ?? '')).toBe(once)
      }),
      { numRuns: 1000 }
    )
  })

  it('never changes what it says, nor the order of the sources', () => {
    fc.assert(
      fc.property(document, (toml) => {
        const [before, after] = [parse(toml), parse(formatDefinition(toml) ?? '')]
        expect(after).toEqual(before)
        expect(Object.keys(after['sources'] ?? {})).toEqual(Object.keys(before['sources'] ?? {}))
      }),
      { numRuns: 1000 }
    )
  })

  it('keeps every comment', () => {
    const plain = document.filter((toml) => !/["'][^\n]*#[^\n]*["']/.test(toml))
    fc.assert(
      fc.property(plain, (toml) => {
        expect(commentsOf(formatDefinition(toml) ?? '')).toEqual(commentsOf(toml))
      }),
      { numRuns: 300 }
    )
  })

  it('puts keys and tables in their order', () => {
    fc.assert(
      fc.property(document, (toml) => {
        const formatted = formatDefinition(toml) ?? ''
        const keys = Object.keys(parse(formatted)['package'] ?? {}).filter((key) => {
          return PACKAGE_ORDER.some((each) => each === key)
        })
        expect(keys).toEqual(PACKAGE_ORDER.filter((key) => keys.includes(key)))
        const [first] = Object.keys(parse(formatted))
        if (formatted.includes('\n[package]')) expect(first).toBe('package')
      }),
      { numRuns: 300 }
    )
  })

  it('survives any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('[]{}="\'#.,\n\r ab1\\')) }),
        (toml) => {
          const formatted = formatDefinition(toml)
          if (formatted !== undefined) expect(parse(formatted)).toEqual(parse(toml))
        }
      ),
      { numRuns: 5000 }
    )
  })

  it('knows an order for every key that there is, and for no other', () => {
    const sorted = (keys: readonly string[]): string[] => [...keys].sort()
    expect(sorted(PACKAGE_ORDER)).toEqual(sorted(PACKAGE_FIELDS.map(({ key }) => key)))
    expect(sorted(SOURCE_ORDER)).toEqual(sorted(SOURCE_FIELDS.map(({ key }) => key)))
  })

  it('leaves alone what is no TOML', () => {
    expect(formatDefinition('[package\n')).toBeUndefined()
  })
})

describe('comments', () => {
  const formatted = (...lines: readonly string[]): string[] => {
    return (formatDefinition(`${lines.join('\n')}\n`) ?? '').split('\n').slice(0, -1)
  }

  it('move with the key below them', () => {
    expect(formatted('[package]', '# v', 'version = "1"', '# n', 'name = "x"')).toEqual([
      '[package]',
      '# n',
      'name = "x"',
      '# v',
      'version = "1"'
    ])
  })

  it('move with the table below them', () => {
    const source = ['# s', '[sources.a]', 'hash = "1"']
    expect(formatted(...source, '# p', '[package]', 'name = "x"')).toEqual([
      '# p',
      '[package]',
      'name = "x"',
      '',
      ...source
    ])
  })

  it('stay at the top of the file with an empty line below them', () => {
    const [source, own] = [
      ['[sources.a]', 'hash = "1"'],
      ['[package]', 'name = "x"']
    ]
    expect(formatted('# file', '', ...source, '', ...own)).toEqual([
      '# file',
      '',
      ...own,
      '',
      ...source
    ])
  })

  it('stay at the end of their table', () => {
    const lines = ['[package]', 'name = "x"', '# end', '', '[sources.a]', 'hash = "1"', '# last']
    expect(formatted(...lines)).toEqual(lines)
  })

  it('keep a list from being joined', () => {
    const lines = ['[sources.a]', 'mirrors = [', '    "a", # why', '    # b', '    "b",', ']']
    expect(formatted(...lines)).toEqual(lines)
  })
})

describe('lists', () => {
  it('stand on one line where they fit, else on one line each', () => {
    const short = `[sources.a]\nmirrors = ["${'a'.repeat(86)}"]\n`
    expect(formatDefinition(short)).toBe(short)
    const long = `[sources.a]\nmirrors = ["${'a'.repeat(87)}"]\n`
    expect(formatDefinition(long)).toBe(`[sources.a]\nmirrors = [\n    "${'a'.repeat(87)}",\n]\n`)
  })
})
