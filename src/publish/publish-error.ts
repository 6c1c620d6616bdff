import { StagexError } from '../base/error.js'

/** Why images were not published, or published images not taken. */
export type PublishErrorCode =
  // What was asked for, or is configured
  | 'publish/bad-release'
  | 'publish/bad-settings'
  | 'publish/no-registry'
  | 'publish/release-exists'
  | 'publish/other-branch'
  | 'publish/git-failed'
  // What stands in the way of publishing
  | 'publish/not-built'
  | 'publish/not-recorded'
  | 'publish/other-digest'
  | 'publish/no-quorum'
  | 'publish/tag-taken'
  // What a published image is not
  | 'preseed/not-published'
  | 'preseed/other-definition'
  | 'preseed/other-release'
  | 'preseed/unsupported'

/** Publishing, or taking what was published, did not come to its end. */
export class PublishError extends StagexError<PublishErrorCode> {}
