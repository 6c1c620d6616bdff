import { byUtf8 } from '../../base/order.js'

/**
 * A JSON value whose members are written in the order given. A member that is undefined is left out. Plain
 * objects are never passed, so that no order is taken for granted.
 */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonMembers

/** An object's members in the order in which they are written. */
export class JsonMembers {
  readonly members: readonly (readonly [name: string, value: JsonValue])[]

  constructor(members: readonly (readonly [name: string, value: JsonValue | undefined])[]) {
    this.members = members.filter(
      (member): member is [string, JsonValue] => member[1] !== undefined
    )
  }

  /** Members sorted by the bytes of their names, as Go writes a map. */
  static sorted(members: Readonly<Record<string, JsonValue>>): JsonMembers {
    return new JsonMembers(Object.entries(members).sort(([a], [b]) => byUtf8(a, b)))
  }
}

/** The value in Go's compact form, in UTF-8 and without a final newline. */
export function encodeCompact(value: JsonValue): string {
  return encode(value, '', '')
}

/** The value in Go's form with an indent of two spaces, without a final newline. */
export function encodeIndented(value: JsonValue): string {
  return encode(value, '\n', '  ')
}

/** `newline` is the line break with the current indent, empty in the compact form. */
function encode(value: JsonValue, newline: string, indent: string): string {
  if (typeof value === 'string') return encodeString(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const inner = newline === '' ? '' : newline + indent
  if (value instanceof JsonMembers) {
    const colon = newline === '' ? ':' : ': '
    const members = value.members.map(
      ([name, member]) => encodeString(name) + colon + encode(member, inner, indent)
    )
    return enclose('{', members, '}', inner, newline)
  }
  const items = value.map((item) => encode(item, inner, indent))
  return enclose('[', items, ']', inner, newline)
}

function enclose(
  open: string,
  items: readonly string[],
  close: string,
  inner: string,
  newline: string
): string {
  if (items.length === 0) return open + close
  return open + inner + items.join(`,${inner}`) + newline + close
}

const special =
  /["\\<>&\u0000-\u001f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t'
}

/** A string as Go's encoder writes it, safe for HTML. A lone surrogate stands for a byte that is not UTF-8. */
function encodeString(text: string): string {
  return `"${text.replace(special, escape)}"`
}

function escape(character: string): string {
  const short = shortEscapes[character]
  if (short !== undefined) return short
  const code = character.charCodeAt(0)
  const written = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code
  return `\\u${written.toString(16).padStart(4, '0')}`
}
