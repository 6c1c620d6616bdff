import { join, resolve } from 'node:path'
import { printable } from '../base/error.js'
import { CliError } from './cli-error.js'
import { type RegisteredCommand, declareCommand } from './command.js'
import type { Candidate, Completion } from './completion/candidates.js'
import type { Shell } from './completion/shell-scripts.js'
import type { CommandContext } from './context.js'
import { flag, hidden } from './option.js'

/**
 * `stagex completion`
 * @param commands all commands, this one among them
 */
export function completionCommand(commands: () => readonly RegisteredCommand[]): RegisteredCommand {
  return declareCommand({
    name: 'completion',
    group: 'This machine',
    summary: 'Print a script that lets the tab key complete commands, options and names',
    arguments: '[shell] [word...]',
    details: `
For bash, zsh or fish. Names are those of the tree around the working directory, or of the one that --root names.`,
    examples: [
      ['completion bash >>~/.bashrc', 'for good; or eval "$(stagex completion bash)" for now'],
      ['completion zsh >~/.zfunc/_stagex', 'a folder of fpath; or source <(stagex completion zsh)'],
      ['completion fish >~/.config/fish/completions/stagex.fish', 'where fish looks']
    ],
    options: {
      complete: hidden(flag('--complete', 'the candidates for the last word, as the scripts ask'))
    },
    run: async (context, words, { complete }) => {
      if (complete) context.stdout.write(await candidateLines(context, commands(), words))
      else {
        const { completionScript } = await import('./completion/shell-scripts.js')
        const program = join(context.checkout, 'stagex')
        context.stdout.write(completionScript(shellOf(words), program))
      }
      return 0
    }
  })
}

function shellOf(words: readonly string[]): Shell {
  const shell = (['bash', 'zsh', 'fish'] as const).find((each) => each === words[0])
  if (shell !== undefined && words.length === 1) return shell
  throw new CliError('cli/bad-usage', 'which shell is it for?', {
    kind: 'usage',
    expected: 'bash, zsh or fish',
    ...(words.length > 0 && { found: words.join(' ') })
  })
}

/** A line for each candidate: the word, a tab, what it is. Whatever goes wrong, a shell gets no more than nothing. */
async function candidateLines(
  context: CommandContext,
  commands: readonly RegisteredCommand[],
  words: readonly string[]
): Promise<string> {
  const { readOpenLine } = await import('./completion/command-line.js')
  const { candidatesFor } = await import('./completion/candidates.js')
  const { treeValues } = await import('./completion/tree-values.js')
  const { globalOptions } = await import('./global-options.js')
  const shapes = commands.map((command) => command.shape())
  const line = readOpenLine(words, shapes, globalOptions())
  const root = line.root === undefined ? context.root : resolve(context.cwd, line.root)
  try {
    return linesOf(await candidatesFor(line, shapes, (of) => treeValues(root, of)))
  } catch {
    return ''
  }
}

function linesOf(completion: Completion): string {
  if (typeof completion === 'string') return `:${completion}\n`
  return completion.map(lineOf).join('')
}

function lineOf({ word, about }: Candidate): string {
  return `${word}\t${printable(about.replace(/\s+/g, ' '))}\n`
}
