import * as z from 'zod'
import type { Response } from '../../http/exchange.js'
import { shownUrl } from '../../http/shown-url.js'
import { jsonOrUndefined, readDocument } from './read-document.js'
import { RegistryError, type RegistryErrorCode } from './registry-error.js'
import type { RegistryLimits } from './registry-limits.js'

const report = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().optional() })).max(100)
})

const LARGEST = 64 * 1024

/**
 * What a status that was not hoped for means (distribution specification 1.1, "Error Codes").
 * @param what the thing that was asked for, for the message
 */
export async function errorOfStatus(
  response: Response,
  limits: RegistryLimits,
  what: string
): Promise<RegistryError> {
  const { status, url, headers } = response
  const said = await explanation(response, limits)
  const retryAfter = headers['retry-after']
  const [code, message] = meaning(status)
  return new RegistryError(code, `${message}: ${what}`, {
    where: shownUrl(url),
    found: `status ${status}${said}`,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(code === 'registry/denied' ? { hint: `log in: podman login ${url.host}` } : {})
  })
}

function meaning(status: number): readonly [RegistryErrorCode, string] {
  if (status === 404) return ['registry/not-found', 'the registry does not have it']
  if (status === 401 || status === 403) return ['registry/denied', 'the registry does not let us']
  if (status === 408 || status === 429 || status >= 500) {
    return ['registry/busy', 'the registry cannot answer now']
  }
  if (status >= 200 && status < 400) {
    return ['registry/bad-response', 'the registry answers something else']
  }
  return ['registry/refused', 'the registry refuses']
}

async function explanation(response: Response, limits: RegistryLimits): Promise<string> {
  try {
    const parsed = report.safeParse(jsonOrUndefined(await readDocument(response, LARGEST, limits)))
    const [first] = parsed.data?.errors ?? []
    return first === undefined
      ? ''
      : ` ${first.code} ${first.message ?? ''}`.slice(0, 300).trimEnd()
  } catch {
    // An answer that cannot be read explains nothing.
    return ''
  }
}
