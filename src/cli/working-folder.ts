import { CliError } from './cli-error.js'

/**
 * The folder in which the program was started.
 * @throws CliError `cli/no-working-folder` where it was removed meanwhile
 */
export function workingFolder(): string {
  try {
    return process.cwd()
  } catch (cause) {
    throw new CliError('cli/no-working-folder', 'the working directory is not there any more', {
      kind: 'usage',
      hint: 'go to a folder that is there',
      cause
    })
  }
}
