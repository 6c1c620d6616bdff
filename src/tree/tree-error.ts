import { type ErrorDetails, StagexError } from '../base/error.js'
import type { Problem } from './problem.js'
import type { TreeErrorCode } from './tree-error-code.js'

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
