import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  encodeCompact,
  encodeIndented,
  JsonMembers,
  type JsonValue
} from '../../src/oci/json/encode.js'

const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc
      .uniqueArray(fc.tuple(fc.string(), tie('value')), { selector: ([name]) => name })
      .map((members) => new JsonMembers(members))
  )
})).value

describe("JSON in Go's form", () => {
  test('says what it was given, compact and indented', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(encodeCompact(value))).toEqual(plain(value))
        expect(JSON.parse(encodeIndented(value))).toEqual(plain(value))
      })
    )
  })

  test('keeps the order of members, and leaves out the undefined', () => {
    const members = new JsonMembers([
      ['b', 1],
      ['none', undefined],
      ['a', [true, null]],
      ['empty', new JsonMembers([])],
      ['list', []]
    ])
    expect(encodeCompact(members)).toBe('{"b":1,"a":[true,null],"empty":{},"list":[]}')
    expect(encodeIndented(members)).toBe(
      '{\n  "b": 1,\n  "a": [\n    true,\n    null\n  ],\n  "empty": {},\n  "list": []\n}'
    )
  })

  test('sorts a map by the bytes of its names, not by UTF-16 units', () => {
    const map = JsonMembers.sorted({ '\ud83d\ude00': 1, '\uff5e': 2, b: 3, a: 4, '10': 5, '9': 6 })
    expect(encodeCompact(map)).toBe('{"10":5,"9":6,"a":4,"b":3,"\uff5e":2,"\ud83d\ude00":1}')
  })

  test.each([
    ['what HTML would mistake', '<a>&', '\\u003ca\\u003e\\u0026'],
    ['line separators of JavaScript', '\u2028\u2029', '\\u2028\\u2029'],
    ['controls', '\0\u001f\b\f\n\r\t\u007f', '\\u0000\\u001f\\b\\f\\n\\r\\t\u007f'],
    ['quotes and backslashes', '"\\/\'', '\\"\\\\/\''],
    ['bytes that were not UTF-8', 'a\udc80\udcffb', 'a\\ufffd\\ufffdb'],
    ['half a pair', '\ud83d', '\\ufffd'],
    ['a replacement character of its own', '\ufffd', '\ufffd'],
    ['characters of two units', '\ud83d\ude00', '\ud83d\ude00']
  ])('escapes %s as Go does', (_, text, written) => {
    expect(encodeCompact(text)).toBe(`"${written}"`)
  })
})

function plain(value: JsonValue): unknown {
  if (value instanceof JsonMembers) {
    return Object.fromEntries(value.members.map(([name, member]) => [text(name), plain(member)]))
  }
  if (typeof value === 'string') return text(value)
  return typeof value === 'object' && value !== null ? value.map(plain) : value
}

function text(value: string): string {
  return Buffer.from(value).toString()
}
