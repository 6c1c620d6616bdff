import { ContainerfileError } from '../containerfile-error.js'
import type { CopyInstruction, Heredoc, Word } from '../instruction.js'
import type { Flags, FlagKind } from './flags.js'
import { type HeredocMark, heredocMarkOrWord } from './heredoc.js'
import { jsonStrings } from './json-array.js'
import { spanPosition } from './logical-line.js'
import { missingArgument, type Statement, statementFlags } from './statement.js'
import { trimSpace } from './white-space.js'
import { blankSeparated } from './words.js'

const COPY_FLAGS: Record<string, FlagKind> = {
  from: 'once',
  chown: 'once',
  chmod: 'once',
  link: 'boolean',
  parents: 'boolean',
  exclude: 'many'
}

const ADD_FLAGS: Record<string, FlagKind> = {
  chown: 'once',
  chmod: 'once',
  link: 'boolean',
  'keep-git-dir': 'boolean',
  checksum: 'once',
  exclude: 'many',
  unpack: 'boolean'
}

/** COPY and ADD: sources, here-documents among them, and the destination as the last word. */
export function parseCopy(statement: Statement, kind: 'copy' | 'add'): CopyInstruction {
  const json = jsonStrings(statement.rest)
  const words = json === undefined ? blankSeparated(statement.rest) : wordsOf(statement, json)
  const destination = words.at(-1)
  if (destination === undefined || words.length < 2) {
    throw missingArgument(statement, `${statement.keyword} SOURCE… DESTINATION`)
  }
  const flags = statementFlags(statement, kind === 'copy' ? COPY_FLAGS : ADD_FLAGS)
  refuseHeredoc(destination, 'the destination cannot be a here-document')
  return {
    kind,
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    ...sourcesOf(words.slice(0, -1), statement.heredocs, json !== undefined),
    destination,
    ...flagFields(flags)
  }
}

function wordsOf(statement: Statement, texts: readonly string[]): Word[] {
  const position = spanPosition(statement.rest)
  return texts.map((text) => ({ text, position }))
}

function refuseHeredoc(word: Word, message: string): void {
  if (heredocMarkOrWord(word.text) === undefined) return
  throw new ContainerfileError('containerfile/bad-heredoc', word.position, message, {
    found: word.text
  })
}

/** Tells here-documents from paths. Of two with one name, the last one's lines count for both. */
function sourcesOf(
  words: readonly Word[],
  read: readonly Heredoc[],
  json: boolean
): { sources: Word[]; heredocs: Heredoc[] } {
  const contents = new Map(read.map((heredoc) => [heredoc.name, heredoc.content]))
  const sources: Word[] = []
  const heredocs: Heredoc[] = []
  for (const word of words) {
    const mark: HeredocMark | undefined = heredocMarkOrWord(word.text)
    if (mark === undefined) {
      sources.push(word)
      continue
    }
    if (json) refuseHeredoc(word, 'the JSON form takes no here-documents')
    const content = contents.get(mark.name)
    if (content === undefined)
      refuseHeredoc(word, 'the line around this here-document cannot be read')
    heredocs.push({ ...mark, content: content ?? '' })
  }
  return { sources, heredocs }
}

/** Where a COPY reads must be known before anything is built, and variables are known only then. */
function withoutVariable(from: Word): Word {
  if (!from.text.includes('$')) return from
  throw new ContainerfileError(
    'containerfile/bad-flag',
    from.position,
    '--from takes no variables',
    {
      found: from.text,
      hint: 'name a stage after it: ARG before the first FROM, then FROM $NAME AS stage, then --from=stage'
    }
  )
}

type FlagFields = Pick<
  CopyInstruction,
  'from' | 'chown' | 'chmod' | 'checksum' | 'exclude' | 'link' | 'parents' | 'keepGitDir' | 'unpack'
>

function flagFields(flags: Flags): FlagFields {
  const from = flags.one('from')
  const chown = flags.one('chown')
  const chmod = flags.one('chmod')
  const checksum = flags.one('checksum')
  const keepGitDir = flags.boolean('keep-git-dir')
  const unpack = flags.boolean('unpack')
  return {
    ...(from === undefined || from.text === '' ? {} : { from: withoutVariable(from) }),
    ...(chown === undefined ? {} : { chown }),
    ...(chmod === undefined ? {} : { chmod }),
    ...(checksum === undefined ? {} : { checksum }),
    exclude: flags.many('exclude'),
    link: flags.boolean('link') ?? false,
    parents: flags.boolean('parents') ?? false,
    ...(keepGitDir === undefined ? {} : { keepGitDir }),
    ...(unpack === undefined ? {} : { unpack })
  }
}
