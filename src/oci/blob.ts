import type { Descriptor } from './descriptor.js'

/** Where a blob's bytes are: in memory, or in a file that is linked or copied, never changed. */
export type BlobSource = { readonly bytes: Uint8Array } | { readonly path: string }

/** A blob together with what names it. */
export interface Blob {
  readonly descriptor: Descriptor
  readonly source: BlobSource
}

/** A blob that is small enough to be held. */
export interface DocumentBlob extends Blob {
  readonly source: { readonly bytes: Uint8Array }
}
