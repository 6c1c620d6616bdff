import { StagexError } from '../base/error.js'

/** What can keep a package from being made or changed. */
type UpkeepErrorCode =
  | 'upkeep/not-one-package'
  | 'upkeep/no-own-version'
  | 'upkeep/bad-version'
  | 'upkeep/same-version'
  | 'upkeep/bad-edit'
  | 'upkeep/bad-name'
  | 'upkeep/bad-url'
  | 'upkeep/exists'
  | 'upkeep/not-an-archive'
  | 'upkeep/no-template'
  | 'upkeep/no-base'

/** A package cannot be made or changed as it was asked for. */
export class UpkeepError extends StagexError<UpkeepErrorCode> {}
