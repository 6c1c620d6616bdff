import { StagexError } from '../base/error.js'

/** What can be wrong with a command line or with what a command needs. */
type CliErrorCode =
  | 'cli/bad-usage'
  | 'cli/unknown-command'
  | 'cli/unknown-option'
  | 'cli/no-such-folder'
  | 'cli/tool-failed'

/** A command was called in a way it does not know, or a program it calls did not do its work. */
export class CliError extends StagexError<CliErrorCode> {}
