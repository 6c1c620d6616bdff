import { StagexError } from '../base/error.js'

/** What can be wrong with a command line. */
type CliErrorCode =
  | 'cli/bad-usage'
  | 'cli/interrupted'
  | 'cli/no-layout'
  | 'cli/no-log'
  | 'cli/no-such-step'
  | 'cli/unknown-command'
  | 'cli/unknown-option'
  | 'cli/no-such-folder'
  | 'cli/not-built'
  | 'cli/no-such-platform'
  | 'cli/program-failed'
  | 'cli/no-working-folder'
  | 'cli/unwritable-output'

/** A command was called in a way that it does not know. */
export class CliError extends StagexError<CliErrorCode> {}
