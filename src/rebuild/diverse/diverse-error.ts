import { StagexError } from '../../base/error.js'

/** What can keep diverse double compilation from being done or checked. That results differ is no error. */
type DiverseErrorCode =
  | 'diverse/no-compiler'
  | 'diverse/no-package'
  | 'diverse/step-failed'
  | 'diverse/no-result'
  | 'diverse/no-record'
  | 'diverse/bad-record'

/** A chain could not be started, did not come to its end, or its record cannot be read. */
export class DiverseError extends StagexError<DiverseErrorCode> {}
