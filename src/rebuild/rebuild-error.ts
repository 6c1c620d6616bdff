import { StagexError } from '../base/error.js'

/** What can keep a rebuild from being compared. */
type RebuildErrorCode = 'rebuild/second-build-failed' | 'rebuild/no-image'

/** A second build could not be made or read. That it differs is a result, not an error. */
export class RebuildError extends StagexError<RebuildErrorCode> {}
