import type { ListInstruction, TextInstruction } from '../instruction.js'
import { ContainerfileError } from '../containerfile-error.js'
import { jsonStrings } from './json-array.js'
import { spanPosition } from './logical-line.js'
import { missingArgument, type Statement, statementFlags } from './statement.js'
import { trimSpace } from './white-space.js'
import { blankSeparated } from './words.js'
import { byUtf8 } from '../../base/order.js'

/** Instructions whose one argument is the rest of the line. */
export function parseText(statement: Statement, kind: TextInstruction['kind']): TextInstruction {
  statementFlags(statement)
  if (statement.rest.text === '') throw missingArgument(statement, `${statement.keyword} ARGUMENT`)
  return {
    kind,
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    argument: { text: statement.rest.text, position: spanPosition(statement.rest) }
  }
}

/** `EXPOSE PORT[/PROTOCOL]…`; the words are sorted before they are expanded, as in BuildKit. */
export function parseExpose(statement: Statement): ListInstruction {
  statementFlags(statement)
  const words = blankSeparated(statement.rest)
  if (words.length === 0) throw missingArgument(statement, 'EXPOSE PORT[/PROTOCOL]…')
  return {
    kind: 'expose',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    words: words.sort((a, b) => byUtf8(a.text, b.text))
  }
}

/** `VOLUME PATH…` or `VOLUME ["path", …]` */
export function parseVolume(statement: Statement): ListInstruction {
  statementFlags(statement)
  const position = spanPosition(statement.rest)
  const words =
    jsonStrings(statement.rest)?.map((text) => ({ text: trimSpace(text), position })) ??
    blankSeparated(statement.rest)
  if (words.length === 0) throw missingArgument(statement, 'VOLUME PATH…')
  if (words.some((word) => word.text === '')) {
    throw new ContainerfileError('containerfile/bad-argument', position, 'a volume needs a path', {
      expected: 'a path',
      found: 'an empty string'
    })
  }
  return {
    kind: 'volume',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    words
  }
}
