import { StagexError } from '../base/error.js'

/** What can be wrong with a digest, a blob, a layer or a document of an image. */
export type OciErrorCode =
  | 'digest/malformed'
  | 'blob/missing'
  | 'blob/size-mismatch'
  | 'blob/digest-mismatch'
  | 'blob/too-large'
  | 'gzip/closed'
  | 'gzip/corrupt'
  | 'gzip/too-large'
  | 'tar/bad-entry'
  | 'tar/content-length'
  | 'tar/closed'
  | 'tar/bad-header'
  | 'tar/bad-pax'
  | 'tar/sparse'
  | 'tar/unsupported-type'
  | 'tar/too-large'
  | 'tar/truncated'
  | 'layer/diff-id-mismatch'
  | 'document/bad-json'
  | 'document/bad-field'
  | 'document/unsupported'
  | 'layout/not-a-layout'
  | 'layout/exists'

/** Something that comes in or goes out as part of an image is not what it has to be. */
export class OciError extends StagexError<OciErrorCode> {}
