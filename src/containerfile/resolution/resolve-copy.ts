import { isWildcardWellFormed } from '../wildcard.js'
import { bytesOfText } from '../../base/byte-string.js'
import { ContainerfileError } from '../containerfile-error.js'
import { expandAt } from '../expansion/expand-word.js'
import { PathMatcher } from '../ignore-file.js'
import type { CopyInstruction, Heredoc, Word } from '../instruction.js'
import type { InlineFile, StepSource } from '../step.js'
import { heredocText } from '../syntax/heredoc.js'
import { checkModeChange } from './mode-change.js'
import { refuseRemoteCopy, remoteSource } from './remote-source.js'
import type { StageDraft } from './stage-draft.js'
import { copyDestination } from '../unix-path.js'

/** COPY and ADD. */
export function resolveCopy(draft: StageDraft, instruction: CopyInstruction): void {
  const add = instruction.kind === 'add'
  const chown = optional(draft, instruction.chown)
  const chmod = optional(draft, instruction.chmod)
  if (chmod !== undefined && instruction.chmod !== undefined)
    checkModeChange(chmod, instruction.chmod)
  const words = instruction.sources.map((word) => ({ ...word, text: draft.expand(word) }))
  const checksum = optional(draft, instruction.checksum)
  const remote = add ? remoteSource(instruction, words, checksum) : undefined
  if (!add) refuseRemoteCopy(words)
  const inlineFiles = instruction.heredocs.map((heredoc) => inlineFile(draft, heredoc, instruction))
  const destination = draft.expand(instruction.destination)
  const sources = remote === undefined ? words.map(localSource) : []
  draft.addStep({
    kind: 'copy',
    add,
    from: sourceOf(draft, instruction),
    sources,
    ...(remote === undefined ? {} : { remote }),
    inlineFiles,
    destination: copyDestination(draft.config.plain.workingDir ?? '/', destination),
    ...(chown === undefined ? {} : { chown }),
    ...(chmod === undefined ? {} : { chmod }),
    unpack: instruction.unpack ?? (add && remote === undefined),
    link: instruction.link,
    parents: instruction.parents,
    exclude: excludePatterns(instruction),
    createdBy: createdBy(instruction, { words, chown, chmod, destination }),
    position: instruction.position
  })
}

function optional(draft: StageDraft, word: Word | undefined): string | undefined {
  const text = word === undefined ? '' : draft.expand(word)
  return text === '' ? undefined : text
}

function sourceOf(draft: StageDraft, instruction: CopyInstruction): StepSource {
  if (instruction.from === undefined) return { kind: 'context' }
  return draft.plan.names.copySource(instruction.from, draft.plan.options.targetPlatform)
}

function localSource(word: Word): string {
  if (isWildcardWellFormed(bytesOfText(word.text))) return word.text
  throw new ContainerfileError(
    'containerfile/bad-pattern',
    word.position,
    `${word.text} is no valid pattern`,
    { expected: 'brackets that are closed, and a character after each backslash', found: word.text }
  )
}

/** Patterns are not expanded; they are compiled once here so that a bad one is told with its place. */
function excludePatterns(instruction: CopyInstruction): string[] {
  new PathMatcher(instruction.exclude)
  return instruction.exclude.map((word) => word.text)
}

function inlineFile(draft: StageDraft, heredoc: Heredoc, instruction: CopyInstruction): InlineFile {
  const { name } = heredoc
  if (name === '' || name === '.' || name === '..' || name.includes('/')) {
    throw new ContainerfileError(
      'containerfile/bad-heredoc',
      instruction.position,
      `the here-document's name ${name} is no file name`,
      { expected: 'a name without slashes', found: name }
    )
  }
  const text = heredocText(heredoc)
  if (!heredoc.expand) return { name, content: text }
  // Here the escape character is a backslash whatever the directive says, and quotes are text.
  const options = { ignoreQuotes: true }
  const expanded = expandAt(text, draft.lookup, '\\', instruction.position, options)
  draft.spend(expanded.cost, instruction.position)
  return { name, content: expanded.text }
}

function createdBy(
  instruction: CopyInstruction,
  expanded: {
    readonly words: readonly Word[]
    readonly chown: string | undefined
    readonly chmod: string | undefined
    readonly destination: string
  }
): string {
  return [
    instruction.kind.toUpperCase(),
    ...(instruction.parents ? ['--parents'] : []),
    ...(expanded.chown === undefined ? [] : [`--chown=${expanded.chown}`]),
    ...(expanded.chmod === undefined ? [] : [`--chmod=${expanded.chmod}`]),
    ...expanded.words.map((word) => word.text),
    ...instruction.heredocs.map((heredoc) => `<<${heredoc.name}`),
    expanded.destination,
    '# buildkit'
  ].join(' ')
}
