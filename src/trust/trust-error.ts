import { StagexError } from '../base/error.js'

/** Why nothing could be judged, signed or written. Why one signature does not count is a `RejectionCode`. */
export type TrustErrorCode =
  // Who may sign
  | 'maintainers/missing'
  | 'maintainers/invalid'
  | 'keys/unreadable'
  | 'keys/duplicate'
  | 'keys/too-large'
  | 'keys/too-many'
  // Who hands out newer copies of keys
  | 'keys/bad-address'
  | 'keys/no-answer'
  // Where signatures lie
  | 'signatures/bad-place'
  | 'signatures/unreadable'
  | 'signatures/too-many'
  | 'signatures/too-large'
  | 'signatures/git-failed'
  | 'signatures/no-folder'
  // What cannot be signed
  | 'sign/not-built'
  | 'sign/not-built-here'
  | 'sign/other-digest'
  | 'sign/no-key'
  | 'sign/no-gpg'
  | 'sign/gpg-failed'
  | 'sign/does-not-count'
  | 'sign/bad-machine'
  // What was locked
  | 'lock/unreadable'
  // What no policy can say
  | 'policy/too-few-people'
  | 'policy/too-many-rings'
  | 'policy/unreadable'

/** A question of trust that could not even be asked; never the answer "good". */
export class TrustError extends StagexError<TrustErrorCode> {}
