import { StagexError } from '../base/error.js'

/** Why a source could not be had, or not be trusted. */
export type SourceErrorCode =
  | 'source/bad-mirror'
  | 'source/bad-file-name'
  | 'source/bad-hash'
  | 'source/no-debian-mirror'
  | 'source/not-found'
  | 'source/refused'
  | 'source/unreachable'
  | 'source/timeout'
  | 'source/interrupted'
  | 'source/bad-response'
  | 'source/bad-redirect'
  | 'source/too-large'
  | 'source/wrong-hash'
  | 'source/no-mirror-left'
  | 'source/store'
  | 'source/cancelled'

/** A failure to fetch, verify or keep a source. URLs in it never carry credentials. */
export class SourceError extends StagexError<SourceErrorCode> {}
