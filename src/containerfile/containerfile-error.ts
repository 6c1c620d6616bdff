import { StagexError } from '../base/error.js'
import { type Position, formatPosition } from './position.js'

/** What can be wrong with a Containerfile (or an ignore file), or cannot be honoured in a hermetic build. */
export type ContainerfileErrorCode =
  // The file as a whole
  | 'containerfile/not-utf8'
  | 'containerfile/nul-character'
  | 'containerfile/too-large'
  | 'containerfile/no-instructions'
  | 'containerfile/no-stage'
  | 'containerfile/instruction-before-from'
  | 'containerfile/bad-directive'
  | 'containerfile/unsupported-syntax'
  // One instruction
  | 'containerfile/unknown-instruction'
  | 'containerfile/unknown-flag'
  | 'containerfile/bad-flag'
  | 'containerfile/missing-argument'
  | 'containerfile/too-many-arguments'
  | 'containerfile/bad-argument'
  | 'containerfile/bad-json'
  | 'containerfile/bad-heredoc'
  | 'containerfile/unterminated-heredoc'
  | 'containerfile/bad-stage-name'
  | 'containerfile/bad-mount'
  | 'containerfile/bad-trigger'
  // Expansion
  | 'containerfile/bad-substitution'
  | 'containerfile/variable-required'
  | 'containerfile/unterminated-quote'
  | 'containerfile/expansion-too-large'
  // Stages
  | 'containerfile/blank-base'
  | 'containerfile/bad-reference'
  | 'containerfile/bad-platform'
  | 'containerfile/unknown-stage'
  | 'containerfile/stage-order'
  | 'containerfile/stage-cycle'
  // What a hermetic build refuses
  | 'containerfile/not-hermetic'
  | 'containerfile/unsupported'
  // Ignore files
  | 'containerfile/bad-pattern'

/** What a {@link ContainerfileError} tells beside its message. */
export interface ContainerfileErrorDetails {
  readonly expected?: string | undefined
  readonly found?: string | undefined
  readonly hint?: string | undefined
}

/** A problem at one place of a Containerfile; `where` is `file:line:column`. */
export class ContainerfileError extends StagexError<ContainerfileErrorCode> {
  readonly position: Position
  /** The other problems of the same file, in file order: everything wrong is said at once. */
  further: readonly ContainerfileError[] = []

  constructor(
    code: ContainerfileErrorCode,
    position: Position,
    message: string,
    details: ContainerfileErrorDetails = {}
  ) {
    super(code, shortened(message), {
      kind: 'usage',
      where: formatPosition(position),
      ...(details.expected === undefined ? {} : { expected: shortened(details.expected) }),
      ...(details.found === undefined ? {} : { found: shortened(details.found) }),
      ...(details.hint === undefined ? {} : { hint: shortened(details.hint) })
    })
    this.position = position
  }
}

const MAX_SHOWN = 300

/** What a file quotes into a message may be megabytes long. */
function shortened(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`
}
