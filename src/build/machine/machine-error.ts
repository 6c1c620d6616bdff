import { StagexError } from '../../base/error.js'

/** Why a build cannot begin on this machine. */
type MachineErrorCode = 'machine/incomplete' | 'machine/install-failed'

/** The machine lacks something that a build needs. */
export class MachineError extends StagexError<MachineErrorCode> {}
