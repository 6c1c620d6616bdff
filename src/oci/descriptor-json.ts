import type { Descriptor, Platform } from './descriptor.js'
import { JsonMembers } from './json/encode.js'

/** A descriptor's members in the order in which they are written. */
export function descriptorJson(descriptor: Descriptor): JsonMembers {
  return new JsonMembers([
    ['mediaType', descriptor.mediaType],
    ['digest', descriptor.digest],
    ['size', descriptor.size],
    ['annotations', descriptor.annotations && JsonMembers.sorted(descriptor.annotations)],
    ['platform', descriptor.platform && platformJson(descriptor.platform)]
  ])
}

function platformJson(platform: Platform): JsonMembers {
  return new JsonMembers([
    ['architecture', platform.architecture],
    ['os', platform.os],
    ['os.version', platform.osVersion],
    ['os.features', platform.osFeatures],
    ['variant', platform.variant]
  ])
}
