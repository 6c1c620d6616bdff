import type { Descriptor } from './descriptor.js'
import { descriptorJson } from './descriptor-json.js'
import { encodeIndented, JsonMembers } from './json/encode.js'

/** One image for one platform: its config and its layers, lowest first. */
export interface Manifest {
  readonly mediaType: string
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

/** The manifest blob's text; its digest is the image's identity (docs/format.md, "Manifest"). */
export function encodeManifest(manifest: Manifest): string {
  return encodeIndented(
    new JsonMembers([
      ['schemaVersion', 2],
      ['mediaType', manifest.mediaType],
      ['config', descriptorJson(manifest.config)],
      ['layers', manifest.layers.length === 0 ? null : manifest.layers.map(descriptorJson)],
      ['annotations', manifest.annotations && JsonMembers.sorted(manifest.annotations)]
    ])
  )
}
