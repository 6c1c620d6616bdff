import * as z from 'zod'
import { OciError } from './error.js'
import type { ImageConfig } from './image-config.js'
import type { ImageIndex } from './image-index.js'
import type { Manifest } from './manifest.js'
import {
  configSchema,
  indexSchema,
  layoutMarkerSchema,
  manifestSchema
} from './document-schemas.js'

/** No document of an image may be larger, in bytes. */
export const largestDocument = 4 * 1024 * 1024

/**
 * Reads a manifest; unknown members are passed over.
 * @param where names the document in errors, usually by its digest
 * @throws OciError `document/…`
 */
export function parseManifest(text: string, where: string): Manifest {
  return parse(manifestSchema, text, where)
}

/** Reads an index, nested or a layout's own; see {@link parseManifest}. */
export function parseIndex(text: string, where: string): ImageIndex {
  return parse(indexSchema, text, where)
}

/** Reads an image's config; see {@link parseManifest}. */
export function parseImageConfig(text: string, where: string): ImageConfig {
  return parse(configSchema, text, where)
}

/** Reads the version that a layout's `oci-layout` names. */
export function parseLayoutVersion(text: string, where: string): string {
  return parse(layoutMarkerSchema, text, where).imageLayoutVersion
}

function parse<T>(schema: z.ZodType<T>, text: string, where: string): T {
  const result = schema.safeParse(parseJson(text, where))
  if (result.success) return result.data
  const faults = result.error.issues
    .slice(0, 10)
    .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
  throw new OciError('document/bad-field', `not a valid document: ${faults.join('; ')}`, { where })
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new OciError('document/bad-json', 'not JSON', { where, cause })
  }
}
