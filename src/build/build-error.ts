import { StagexError } from '../base/error.js'

/** What can go wrong between a plan and an image. */
export type BuildErrorCode =
  | 'build/bad-archive'
  | 'build/bad-layer'
  | 'build/bad-platform'
  | 'build/cancelled'
  | 'build/shell-closed'
  | 'build/copy-failed'
  | 'build/copy-missing'
  | 'build/dependency-failed'
  | 'build/import-failed'
  | 'build/internal'
  | 'build/no-engine'
  | 'build/no-such-image'
  | 'build/run-failed'
  | 'build/unsupported'
  | 'build/unknown-user'
  | 'namespace/not-entered'
  | 'namespace/no-subordinate-ids'
  | 'sandbox/no-runtime'
  | 'sandbox/no-secret'
  | 'sandbox/mount-failed'
  | 'sandbox/time-limit'
  | 'store/corrupt-blob'
  | 'store/corrupt-record'
  | 'store/corrupt-snapshot'
  | 'store/full'
  | 'store/newer-version'
  | 'store/not-writable'

/** A build, the sandbox or the store did not do what it had to. */
export class BuildError extends StagexError<BuildErrorCode> {}
