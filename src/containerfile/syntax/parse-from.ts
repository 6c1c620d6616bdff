import { ContainerfileError } from '../containerfile-error.js'
import type { FromInstruction, Word } from '../instruction.js'
import { spanPosition } from './logical-line.js'
import { missingArgument, type Statement, statementFlags } from './statement.js'
import { trimSpace } from './white-space.js'
import { blankSeparated } from './words.js'

/** `FROM [--platform=P] BASE [AS NAME]` */
export function parseFrom(statement: Statement): FromInstruction {
  const platform = statementFlags(statement, { platform: 'once' }).one('platform')
  const words = blankSeparated(statement.rest)
  const [base, as, name] = words
  if (base === undefined) throw missingArgument(statement, 'FROM BASE [AS NAME]')
  if (words.length !== 1) checkAs(words)
  return {
    kind: 'from',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    base,
    ...(as === undefined || name === undefined ? {} : { name: stageName(name) }),
    ...(platform === undefined ? {} : { platform })
  }
}

function checkAs(words: readonly Word[]): void {
  const [, as, name, extra] = words
  if (as?.text.toLowerCase() === 'as' && name !== undefined && extra === undefined) return
  const wrong = as?.text.toLowerCase() === 'as' ? (extra ?? as) : as
  if (wrong === undefined) return
  throw new ContainerfileError(
    'containerfile/bad-argument',
    wrong.position,
    'FROM takes a base, and a name for the stage after AS',
    { expected: 'FROM BASE [AS NAME]', found: wrong.text }
  )
}

function stageName(word: Word): Word {
  const text = word.text.toLowerCase()
  if (/^[a-z][a-z0-9-_.]*$/.test(text) && CONTEXT_NAME.test(text)) {
    return { text, position: word.position }
  }
  throw new ContainerfileError(
    'containerfile/bad-stage-name',
    word.position,
    `${word.text} cannot name a stage`,
    {
      expected:
        'a letter, then letters and digits, with single . or _, with __ or with - between them',
      found: word.text
    }
  )
}

/** A stage's name must also do as the name of a context that would replace the stage. */
const CONTEXT_NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
