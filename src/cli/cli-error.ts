import { StagexError } from '../base/error.js'

/** What can be wrong with a command line. */
type CliErrorCode =
<<<<<<< HEAD
  'cli/bad-usage' | 'cli/no-log' | 'cli/unknown-command' | 'cli/unknown-option' | 'cli/no-such-folder'
=======
  | 'cli/bad-usage'
  | 'cli/unknown-command'
  | 'cli/unknown-option'
  | 'cli/no-log'
  | 'cli/no-such-folder'
  | 'cli/tool-failed'
>>>>>>> fc97b29 (Collect garbage, least recently used first; print logs)

/** A command was called in a way that it does not know. */
export class CliError extends StagexError<CliErrorCode> {}
