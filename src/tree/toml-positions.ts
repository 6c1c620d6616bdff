import { parse } from 'smol-toml'
import type { TomlPath } from './finding.js'
import type { Position } from './problem.js'

/** Where a key and its value begin, as offsets in UTF-16 code units. */
export interface TomlPlace {
  readonly key: number
  readonly value: number
  /** The first offset after the value. */
  readonly end: number
}

/** Turns an offset into a line and a column. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

/** A path as a map key. */
export function placeKey(path: TomlPath): string {
  return JSON.stringify(path)
}

/** Every place of the document by `placeKey` of its path. */
export function tomlPlaces(text: string): ReadonlyMap<string, TomlPlace> {
  return new Scanner(text).document()
}

/** Deeper paths are not recorded: no key of package.toml lies there, and long paths times many would add up. */
const MAX_DEPTH = 8

const BARE_KEY = /[A-Za-z0-9_-]+/y
const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y
const SCALAR = /[^,\]}#\n]*[^,\]}#\s]/y

/**
 * Walks an accepted document: what the parser already refused is not checked again, and every step goes
 * forward, so that even a document that is not valid after all only yields fewer places.
 */
class Scanner {
  readonly #text: string
  readonly #places = new Map<string, TomlPlace>()
  readonly #arrayLengths = new Map<string, number>()
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): ReadonlyMap<string, TomlPlace> {
    let table: TomlPath = []
    for (;;) {
      this.#skip(BLANK)
      const start = this.#offset
      if (start >= this.#text.length) return this.#places
      if (this.#at('[')) table = this.#header()
      else this.#keyValue(table)
      if (this.#offset === start) this.#offset++
    }
  }

  #header(): TomlPath {
    const start = this.#offset
    const array = this.#text.startsWith('[[', start)
    this.#offset += array ? 2 : 1
    const keys = this.#dottedKey()
    this.#offset += array ? 2 : 1
    const path = this.#throughArrays(keys)
    const element = array ? this.#nextElement(path) : path
    const place = { key: start, value: start, end: this.#offset }
    this.#note(element, place)
    return element
  }

  /** A header below an array of tables means that array's last element. */
  #throughArrays(keys: readonly string[]): TomlPath {
    let path: TomlPath = []
    keys.forEach((key, index) => {
      path = deeper(path, key)
      const length = this.#arrayLengths.get(placeKey(path))
      if (length !== undefined && index < keys.length - 1) path = deeper(path, length - 1)
    })
    return path
  }

  #nextElement(path: TomlPath): TomlPath {
    const index = this.#arrayLengths.get(placeKey(path)) ?? 0
    this.#arrayLengths.set(placeKey(path), index + 1)
    return deeper(path, index)
  }

  #keyValue(table: TomlPath): void {
    const key = this.#offset
    const path = this.#dottedKey().reduce(deeper, table)
    this.#skip(/[ \t]*=?[ \t]*/y)
    const value = this.#offset
    this.#value(path)
    this.#note(path, { key, value, end: this.#offset })
  }

  #value(path: TomlPath): void {
    if (this.#at('[')) this.#array(path)
    else if (this.#at('{')) this.#inlineTable(path)
    else if (this.#at('"') || this.#at("'")) this.#string()
    else this.#skip(SCALAR)
  }

  #array(path: TomlPath): void {
    this.#offset++
    for (let index = 0; ; index++) {
      this.#skip(/(?:[ \t\r\n,]|#[^\n]*)*/y)
      if (this.#offset >= this.#text.length || this.#at(']')) break
      const start = this.#offset
      const element = deeper(path, index)
      this.#value(element)
      this.#note(element, { key: start, value: start, end: this.#offset })
      if (this.#offset === start) this.#offset++
    }
    this.#offset++
  }

  #inlineTable(path: TomlPath): void {
    this.#offset++
    for (;;) {
      this.#skip(/(?:[ \t\r\n,]|#[^\n]*)*/y)
      if (this.#offset >= this.#text.length || this.#at('}')) break
      const start = this.#offset
      this.#keyValue(path)
      if (this.#offset === start) this.#offset++
    }
    this.#offset++
  }

  #string(): void {
    const quote = this.#text.charAt(this.#offset)
    const closing = this.#text.startsWith(quote.repeat(3), this.#offset) ? quote.repeat(3) : quote
    this.#offset += closing.length
    while (this.#offset < this.#text.length && !this.#text.startsWith(closing, this.#offset)) {
      this.#offset += quote === '"' && this.#at('\\') ? 2 : 1
    }
    this.#offset += closing.length
    // A text that ends in quotes has them before the closing three: """a""""" is a"" (TOML 1.0, "String").
    while (closing.length === 3 && this.#at(quote)) this.#offset++
  }

  #dottedKey(): string[] {
    const keys: string[] = []
    do {
      this.#skip(/[ \t]*\.?[ \t]*/y)
      keys.push(this.#simpleKey())
      this.#skip(/[ \t]*/y)
    } while (this.#at('.'))
    return keys
  }

  #simpleKey(): string {
    const start = this.#offset
    if (!this.#at('"') && !this.#at("'")) {
      this.#skip(BARE_KEY)
      return this.#text.slice(start, this.#offset)
    }
    this.#string()
    return keyText(this.#text.slice(start, this.#offset))
  }

  #note(path: TomlPath, place: TomlPlace): void {
    if (path.length > MAX_DEPTH) return
    const key = placeKey(path)
    if (!this.#places.has(key)) this.#places.set(key, place)
  }

  #at(text: string): boolean {
    return this.#text.startsWith(text, this.#offset)
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#offset
    if (pattern.test(this.#text)) this.#offset = pattern.lastIndex
  }
}

function deeper(path: TomlPath, step: string | number): TomlPath {
  return path.length > MAX_DEPTH ? path : [...path, step]
}

/** What a quoted key says. */
function keyText(quoted: string): string {
  try {
    return parse(`key = ${quoted}`)['key'] as string
  } catch {
    return quoted
  }
}
