import { printable } from '../../base/error.js'
import type { ErrorMessage } from '../../build/worker/messages.js'
import { join } from 'node:path'
import type { Paint } from '../paint.js'

/**
 * What a person needs to know when an image could not be built.
 * @param home the store that has its log; undefined where nothing was begun
 */
export function renderFailure(
  image: string,
  error: ErrorMessage,
  home: string | undefined,
  paint: Paint
): string {
  const details: [string, string | undefined][] = [
    ['at', error.where],
    ['expected', error.expected],
    ['found', error.found],
    ['hint', error.hint],
    ['log', home && join(home, 'logs', `${image}.log`)]
  ]
  const lines = details.flatMap(([label, text]) => (text === undefined ? [] : [line(label, text)]))
  return [
    `${paint.bad('failed:')} ${paint.strong(`${image}: ${printable(error.message)}`)}\n`,
    ...lines.map((text) => `  ${text}\n`),
    `  ${paint.faint(`[${error.code}]`)}\n`
  ].join('')
}

function line(label: string, text: string): string {
  return `${label.padEnd(9)}${printable(text)
    .trimEnd()
    .replaceAll('\n', `\n${' '.repeat(11)}`)}`
}
