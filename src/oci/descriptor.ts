import type { Digest } from './digest.js'

/** Names a blob and says what it is: the OCI content descriptor. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  /** Bytes. */
  readonly size: number
  /** Written sorted by key, whatever the order here. */
  readonly annotations?: Readonly<Record<string, string>> | undefined
  readonly platform?: Platform | undefined
}

/** What machine an image is for, in Go's names (`amd64`, `linux`). */
export interface Platform {
  readonly architecture: string
  readonly os: string
  readonly variant?: string
  readonly osVersion?: string
  readonly osFeatures?: readonly string[]
}
