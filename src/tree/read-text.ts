import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs'
import type { TreeErrorCode } from './tree-error-code.js'

/** Files of the tree are small texts; one of more bytes is refused unread. */
const MAX_TEXT_SIZE = 1024 * 1024

/** Why a file of the tree cannot be used. */
export interface UnusableText {
  readonly code: TreeErrorCode
  readonly message: string
  readonly expected?: string
  readonly found?: string
  readonly hint?: string
}

/** The text, or nothing where there is no such file, or why it cannot be used. */
export type TextResult = { text: string } | { text?: never; unusable?: UnusableText }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a UTF-8 file of the tree. Synchronous on purpose: a tree has thousands of small files, and
 * asynchronous calls cost several times the reading itself.
 */
export function readText(path: string): TextResult {
  let descriptor: number
  try {
    // Without O_NONBLOCK, a named pipe in the file's place would make us wait for a writer for ever.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    return whyNotOpened(path, error as NodeJS.ErrnoException)
  }
  try {
    return readOpened(descriptor)
  } catch (error) {
    return unreadable(error as NodeJS.ErrnoException)
  } finally {
    closeSync(descriptor)
  }
}

function whyNotOpened(path: string, error: NodeJS.ErrnoException): TextResult {
  if (error.code !== 'ENOENT') return unreadable(error)
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return {}
  return { unusable: notAFile('a link that leads nowhere') }
}

/** One byte more than allowed shows that a file is too large; every file is read into the same space. */
const space = Buffer.allocUnsafeSlow(MAX_TEXT_SIZE + 1)

function readOpened(descriptor: number): TextResult {
  let length = 0
  while (length < space.length) {
    const count = readSync(descriptor, space, length, space.length - length, null)
    if (count === 0) break
    length += count
  }
  // Only what reads as nothing, or without end, can be anything but a file.
  if (length > 0 && length <= MAX_TEXT_SIZE) return decode(space.subarray(0, length))
  const stat = fstatSync(descriptor)
  if (!stat.isFile()) return { unusable: notAFile('a special file') }
  return length === 0 ? { text: '' } : { unusable: tooLarge(stat.size) }
}

function decode(bytes: Uint8Array): TextResult {
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    return {
      unusable: {
        code: 'tree/not-utf8',
        message: 'the file is not UTF-8',
        expected: 'UTF-8 text',
        found: `an invalid byte sequence in line ${lineOfInvalidByte(bytes)}`
      }
    }
  }
}

/** Lines up to the invalid one decode alone, since a newline byte is never part of a longer character. */
function lineOfInvalidByte(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline + 1
    try {
      decoder.decode(bytes.subarray(start, end))
    } catch {
      return line
    }
    start = end
  }
  return line
}

function unreadable(error: NodeJS.ErrnoException): TextResult {
  if (error.code === 'EISDIR') return { unusable: notAFile('a folder') }
  const message = `the file cannot be read (${error.code ?? error.message})`
  return { unusable: { code: 'tree/unreadable', message } }
}

function notAFile(found: string): UnusableText {
  const message = 'there is no regular file here'
  return { code: 'tree/not-a-file', message, expected: 'a regular file', found }
}

function tooLarge(size: number): UnusableText {
  return {
    code: 'tree/too-large',
    message: 'the file is too large to be a definition',
    expected: `at most ${MAX_TEXT_SIZE} bytes`,
    found: `${size} bytes`
  }
}
