import type { ImageSelection } from '../../tree/select-images.js'
import { CliError } from '../cli-error.js'

/** What a command line says about which images it means. */
export interface SelectionOptions {
  readonly all: boolean
  readonly since: string | undefined
  readonly dependants: boolean
}

/**
 * The images that a command line means; a whole tree has to be asked for.
 * @throws CliError `cli/bad-usage`
 */
export function selectionOf(
  names: readonly string[],
  { all, since, dependants }: SelectionOptions
): ImageSelection {
  if (all && names.length > 0) throw unclear('--all leaves nothing to name', names.join(' '))
  if (!all && names.length === 0 && since === undefined) {
    throw unclear('nothing was named to build')
  }
  return { names, dependants, ...(since !== undefined && { since }) }
}

function unclear(message: string, found?: string): CliError {
  return new CliError('cli/bad-usage', message, {
    kind: 'usage',
    expected: 'names of packages, images or stages, or --all, or --since <revision>',
    hint: 'stagex list shows what there is',
    ...(found !== undefined && { found })
  })
}
