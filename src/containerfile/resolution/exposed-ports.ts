import { isIP } from 'node:net'
import { ContainerfileError } from '../containerfile-error.js'
import type { Word } from '../instruction.js'

/**
 * The ports of `[[ip:]host:]port[-port][/protocol]` as `port/protocol`. Address and host port mean nothing
 * in an image, but are read for old files' sake.
 */
export function exposedPorts(word: Word): string[] {
  const parts = word.text.split(':')
  const container = parts.at(-1) ?? ''
  const host = parts.length > 1 ? (parts.at(-2) ?? '') : ''
  checkAddress(word, parts.slice(0, -2).join(':'))
  const slash = container.indexOf('/')
  const written = slash < 0 ? 'tcp' : container.slice(slash + 1).toLowerCase()
  const protocol = written === '' ? 'tcp' : written
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw badPort(word, 'tcp, udp or sctp')
  const [first, last] = portRange(word, slash < 0 ? container : container.slice(0, slash))
  if (host !== '') checkHostRange(word, host, last - first)
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol}`)
}

function checkAddress(word: Word, address: string): void {
  const bare = address.replace(/^\[(.*)\]$/, '$1')
  if (address !== '' && isIP(bare) === 0) throw badPort(word, 'an IP address before the ports')
}

function checkHostRange(word: Word, host: string, length: number): void {
  const [first, last] = portRange(word, host)
  if (length !== 0 && last - first !== length) throw badPort(word, 'two ranges of equal length')
}

function portRange(word: Word, text: string): [number, number] {
  const dash = text.indexOf('-')
  const first = port(word, dash < 0 ? text : text.slice(0, dash))
  const last = dash < 0 ? first : port(word, text.slice(dash + 1))
  if (last < first) throw badPort(word, 'a range that goes upwards')
  return [first, last]
}

function port(word: Word, text: string): number {
  const number = /^\+?\d{1,9}$/.test(text) ? Number(text) : Infinity
  if (number > 65535) throw badPort(word, 'a port from 0 to 65535')
  return number
}

function badPort(word: Word, expected: string): ContainerfileError {
  return new ContainerfileError(
    'containerfile/bad-argument',
    word.position,
    `${word.text} names no port`,
    { expected, found: word.text }
  )
}
