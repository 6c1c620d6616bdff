import type { Option } from 'commander'
import type { CommandShape } from '../command.js'
import type { OpenLine, Wanted } from './command-line.js'

/** A word that may stand at the cursor, and what it is. */
export interface Candidate {
  readonly word: string
  readonly about: string
}

/** What a shell is to offer: words, or files or folders that it knows best itself. */
export type Completion = readonly Candidate[] | 'files' | 'folders'

/** Values that the tree has, by what the help calls them. */
export type ValueSource = (of: string) => Promise<Completion>

/** Finds the candidates for the word at the cursor, in the order to show them. */
export async function candidatesFor(
  line: OpenLine,
  commands: readonly CommandShape[],
  values: ValueSource
): Promise<Completion> {
  const all = await everything(line.wanted, line.current, commands, values)
  if (typeof all === 'string') return all
  return all
    .filter(({ word }) => word.startsWith(line.current))
    .map(({ word, about }) => ({ word: line.lead + word, about }))
}

async function everything(
  wanted: Wanted,
  current: string,
  commands: readonly CommandShape[],
  values: ValueSource
): Promise<Completion> {
  if (wanted.kind === 'nothing') return []
  if (wanted.kind === 'option') return wanted.options.flatMap(optionWords)
  if (wanted.kind === 'command') {
    const help = { word: 'help', about: 'explain a command' }
    return [...commands.map(({ name, summary }) => ({ word: name, about: summary })), help]
  }
  const { of, choices, given } = wanted
  if (choices !== undefined) return choices.map((word) => ({ word, about: '' }))
  // Where an image is meant, a layout's folder may do, and only that has a slash in it.
  if (current.includes('/') && of !== 'revision') return of === 'file' ? 'files' : 'folders'
  const found = await values(of)
  return typeof found === 'string' ? found : found.filter(({ word }) => !given.includes(word))
}

/** The long form, which says what it does; the short one only where there is no other. */
function optionWords({ long, short, description }: Option): Candidate[] {
  const word = long ?? short
  return word === undefined ? [] : [{ word, about: description }]
}
