import type { Field, Format } from '../../tree/definition-fields.js'

const TEXT: Format = { expected: 'one line of text', pattern: /^[^\p{Cc}]{1,200}$/u }
const EMAIL: Format = { expected: 'an e-mail address', pattern: /^[^\s<>@]{1,64}@[^\s<>@]{1,190}$/ }
const FINGERPRINT: Format = {
  expected: 'the fingerprint of a version 4 key: 40 hex digits',
  pattern: /^(?:0x)?(?:[0-9A-Fa-f] *){40}$/
}
const WORD: Format = {
  expected: 'a word of letters, digits, `_`, `-`, `.`',
  pattern: /^[A-Za-z0-9_.-]{1,40}$/
}
const KIND: Format = { expected: '`metal` or `vm`', pattern: /^(?:metal|vm)$/ }

/** What people, keys and machines may be called. */
export const MAINTAINER_ID: Format = {
  expected: 'a name of at most 64 letters, digits, `_`, `-`, `.`',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/
}

/** `[people.<person>]` */
export const PERSON_FIELDS: readonly Field[] = [
  { key: 'name', shape: 'string', format: TEXT, description: 'The name of the person.' },
  {
    key: 'email',
    shape: 'string or strings',
    format: EMAIL,
    advisory: true,
    description: 'Where the person is reached, and where a key can be asked for.'
  }
]

/** `[keys.<person>.<key>]` */
export const KEY_FIELDS: readonly Field[] = [
  {
    key: 'fingerprint',
    required: true,
    shape: 'string',
    format: FINGERPRINT,
    description: 'The fingerprint of the primary key.'
  }
]

/** `[machines.<person>.<machine>]` */
export const MACHINE_FIELDS: readonly Field[] = [
  {
    key: 'architecture',
    required: true,
    shape: 'string',
    format: WORD,
    description: 'The architecture of the processor.'
  },
  {
    key: 'cpu_vendor',
    required: true,
    shape: 'string',
    format: WORD,
    description: 'Who made the processor.'
  },
  { key: 'kind', shape: 'string', format: KIND, description: 'Whether it is real or virtual.' }
]
