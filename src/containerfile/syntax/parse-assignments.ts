import { ContainerfileError } from '../containerfile-error.js'
import type {
  ArgDeclaration,
  ArgInstruction,
  Assignment,
  EnvInstruction,
  LabelInstruction,
  Word
} from '../instruction.js'
import { spanPosition } from './logical-line.js'
import { missingArgument, type Statement, statementFlags } from './statement.js'
import { trimSpace } from './white-space.js'
import { afterFirstWord, quotedWords } from './words.js'

/** `ENV NAME=VALUE…` and `LABEL NAME=VALUE…`, or the old form `ENV NAME VALUE`. */
export function parseAssignments(
  statement: Statement,
  kind: 'env' | 'label'
): EnvInstruction | LabelInstruction {
  statementFlags(statement)
  const words = quotedWords(statement.rest, statement.escape)
  const [first] = words
  if (first === undefined) throw missingArgument(statement, `${statement.keyword} NAME=VALUE…`)
  const assignments = first.text.includes('=') ? words.map(assignment) : [oldForm(statement)]
  return {
    kind,
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    assignments
  }
}

function assignment(word: Word): Assignment {
  const equals = word.text.indexOf('=')
  if (equals > 0) {
    const name = { text: word.text.slice(0, equals), position: word.position }
    return { name, value: word.text.slice(equals + 1) }
  }
  throw new ContainerfileError(
    'containerfile/bad-argument',
    word.position,
    equals === 0 ? 'the name before = is blank' : `${word.text} lacks its =`,
    { expected: 'NAME=VALUE', found: word.text }
  )
}

/** `NAME VALUE`: everything after the name is the value. */
function oldForm(statement: Statement): Assignment {
  const parts = afterFirstWord(statement.rest)
  if (parts === undefined) throw missingArgument(statement, `${statement.keyword} NAME=VALUE`)
  const name = { text: parts.first.text, position: spanPosition(parts.first) }
  return { name, value: parts.rest.text }
}

/** `ARG NAME[=DEFAULT]…` */
export function parseArg(statement: Statement): ArgInstruction {
  statementFlags(statement)
  const words = quotedWords(statement.rest, statement.escape)
  if (words.length === 0) throw missingArgument(statement, 'ARG NAME[=DEFAULT]…')
  return {
    kind: 'arg',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    declarations: words.map(declaration)
  }
}

function declaration(word: Word): ArgDeclaration {
  return word.text.includes('=') ? assignment(word) : { name: word }
}
