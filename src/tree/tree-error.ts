import { type ErrorDetails, StagexError } from '../base/error.js'
import type { Problem } from './problem.js'

/** What can be wrong with a tree, a file of it, or a name that is looked up in it. */
export type TreeErrorCode =
  | 'tree/not-a-tree'
  | 'tree/unreadable'
  | 'tree/not-a-file'
  | 'tree/too-large'
  | 'tree/not-utf8'
  | 'tree/byte-order-mark'
  | 'tree/carriage-return'
  | 'tree/syntax'
  | 'tree/bad-date'
  | 'tree/unknown-key'
  | 'tree/missing-key'
  | 'tree/wrong-type'
  | 'tree/bad-value'
  | 'tree/bad-license'
  | 'tree/conflicting-keys'
  | 'tree/bad-placeholder'
  | 'tree/bad-file-name'
  | 'tree/unsupported-mirror'
  | 'tree/duplicate-file'
  | 'tree/duplicate-argument'
  | 'tree/duplicate-image'
  | 'tree/bad-directory-name'
  | 'tree/name-differs'
  | 'tree/no-definition'
  | 'tree/no-containerfile'
  | 'tree/bad-containerfile'
  | 'tree/no-target'
  | 'tree/version-cycle'
  | 'tree/version-from-nowhere'
  | 'tree/missing-dependency'
  | 'tree/cycle'
  | 'tree/unknown-package'
  | 'tree/ambiguous-name'
  | 'tree/broken-package'

/** An error about the tree; `problems` lists each one where several were found. */
export class TreeError extends StagexError<TreeErrorCode> {
  readonly problems: readonly Problem[]

  constructor(
    code: TreeErrorCode,
    message: string,
    details: ErrorDetails = {},
    problems: readonly Problem[] = []
  ) {
    super(code, message, { kind: 'usage', ...details })
    this.problems = problems
  }
}
