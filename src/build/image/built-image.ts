import type { Descriptor } from '../../oci/descriptor.js'
import type { Digest } from '../../oci/digest.js'
import type { ImageConfig } from '../../oci/image-config.js'

/** One layer of an image: its blob and the digest of the tar inside. */
export interface ImageLayer {
  readonly descriptor: Descriptor
  readonly diffId: Digest
}

/** An image for one platform, all of whose blobs are in the store. */
export interface BuiltImage {
  readonly manifest: Descriptor
  readonly configDescriptor: Descriptor
  readonly config: ImageConfig
  /** Lowest first. */
  readonly layers: readonly ImageLayer[]
  /** It was published by others, and taken from there: nobody may sign that it was built here. */
  readonly preseeded?: boolean
}
