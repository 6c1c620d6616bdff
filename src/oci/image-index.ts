import type { Descriptor } from './descriptor.js'
import { descriptorJson } from './descriptor-json.js'
import { encodeCompact, encodeIndented, JsonMembers } from './json/encode.js'

/** A list of manifests, each for a platform, or of further indexes. */
export interface ImageIndex {
  readonly mediaType: string
  readonly manifests: readonly Descriptor[]
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

/** The text of an index that is a blob (docs/format.md, "Index"). */
export function encodeNestedIndex(index: ImageIndex): string {
  return encodeIndented(indexJson(index))
}

/** The text of a layout's `index.json`. */
export function encodeLayoutIndex(index: ImageIndex): string {
  return encodeCompact(indexJson(index))
}

function indexJson(index: ImageIndex): JsonMembers {
  return new JsonMembers([
    ['schemaVersion', 2],
    ['mediaType', index.mediaType],
    ['manifests', index.manifests.map(descriptorJson)],
    ['annotations', index.annotations && JsonMembers.sorted(index.annotations)]
  ])
}
