import type { Response } from '../../http/exchange.js'
import { bodyChunks } from '../../http/read-body.js'
import { shownUrl } from '../../http/shown-url.js'
import type { RegistryLimits } from './registry-limits.js'
import { RegistryError } from './registry-error.js'

/**
 * Reads a whole body into memory, up to a limit.
 * @param most bytes
 * @throws RegistryError `registry/too-large`, `registry/size-mismatch`; HttpError
 */
export async function readDocument(
  response: Response,
  most: number,
  limits: RegistryLimits,
  signal?: AbortSignal
): Promise<Buffer> {
  const where = shownUrl(response.url)
  const chunks: Buffer[] = []
  let size = 0
  const options = { limits, where, ...(signal === undefined ? {} : { signal }) }
  for await (const chunk of bodyChunks(response, options)) {
    size += chunk.length
    if (size > most) throw tooLarge(where, most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(where: string, most: number): RegistryError {
  return new RegistryError(
    'registry/too-large',
    'the registry sends a document that is too large',
    {
      where,
      expected: `at most ${most} bytes`
    }
  )
}

/** Reads JSON; undefined where it is none. */
export function jsonOrUndefined(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
