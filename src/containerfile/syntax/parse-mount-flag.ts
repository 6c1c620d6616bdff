import { ContainerfileError } from '../containerfile-error.js'
import type { MountField, MountFlag, Word } from '../instruction.js'

/** Splits the value of a `--mount`: comma-separated `key=value`, where a field may stand in double quotes. */
export function parseMountFlag(word: Word): MountFlag {
  const fields = splitCommas(word).map(field)
  const from = fields.findLast((each) => each.key === 'from' && each.value !== undefined)?.value
  if (from !== undefined && /\$./s.test(from)) {
    throw new ContainerfileError(
      'containerfile/bad-mount',
      word.position,
      'the from of a mount takes no variables',
      { found: from, hint: 'name a stage: FROM $NAME AS stage, then from=stage' }
    )
  }
  return {
    fields,
    ...(from === undefined || from === '' ? {} : { from: { text: from, position: word.position } }),
    position: word.position
  }
}

function field(text: string): MountField {
  const equals = text.indexOf('=')
  if (equals < 0) return { key: text.toLowerCase() }
  return { key: text.slice(0, equals).toLowerCase(), value: text.slice(equals + 1) }
}

/** One record of comma-separated values (RFC 4180). */
function splitCommas(word: Word): string[] {
  const { text } = word
  if (text === '') throw badList(word, 'the mount is empty')
  const fields: string[] = []
  for (let index = 0; ;) {
    const read = text[index] === '"' ? quotedField(word, index + 1) : plainField(word, index)
    fields.push(read.value)
    if (read.end >= text.length) return fields
    index = read.end + 1
  }
}

function plainField(word: Word, start: number): { value: string; end: number } {
  const comma = word.text.indexOf(',', start)
  const end = comma < 0 ? word.text.length : comma
  const value = word.text.slice(start, end)
  if (value.includes('"')) throw badList(word, 'a double quote stands inside a field')
  return { value, end }
}

function quotedField(word: Word, start: number): { value: string; end: number } {
  let value = ''
  for (let index = start; index < word.text.length; index++) {
    const character = word.text.charAt(index)
    if (character !== '"') value += character
    else if (word.text[index + 1] === '"') {
      value += '"'
      index++
    } else if (index + 1 === word.text.length || word.text[index + 1] === ',') {
      return { value, end: index + 1 }
    } else throw badList(word, 'something follows the closing quote of a field')
  }
  throw badList(word, 'nothing closes the quote of a field')
}

function badList(word: Word, message: string): ContainerfileError {
  return new ContainerfileError('containerfile/bad-mount', word.position, message, {
    expected: 'key=value,key=value…',
    found: word.text
  })
}
