import { join } from 'node:path'
import * as z from 'zod'
import { TrustError } from '../trust-error.js'
import type { Policy, PolicyScopes } from './policy.js'

/** A file to be written, below a folder such as `/etc/containers`. */
export interface PolicyFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** Where key rings lie below the folder of the containers tools. */
export const RING_FOLDER = 'stagex-keys'

/** The file that says where signatures are (containers-registries.d(5)). */
export const REGISTRIES_FILE = join('registries.d', 'stagex.yaml')

const schema = z.looseObject({
  default: z.array(z.unknown()),
  transports: z.record(z.string(), z.record(z.string(), z.array(z.unknown()))).optional()
})

/**
 * A policy.json in which the scopes hold, and everything else stays as it was.
 * @param before the text of the present one; without any, all other images are refused, as they are now
 * @throws TrustError `policy/unreadable`
 */
export function policyJson(
  before: string | undefined,
  scopes: PolicyScopes,
  where: string
): string {
  const policy = parsePolicy(before ?? '{"default":[{"type":"reject"}]}', where)
  const docker = { ...policy.transports?.['docker'], ...scopes }
  const transports = { ...policy.transports, docker }
  return `${JSON.stringify({ ...policy, transports }, undefined, 2)}\n`
}

/** All files of a policy but policy.json itself. */
export function ringFiles({ rings }: Policy): PolicyFile[] {
  return rings.map(({ name, bytes }) => ({ path: join(RING_FOLDER, name), content: bytes }))
}

/** The registries.d file: where signatures of the scopes lie. YAML takes JSON's strings. */
export function registriesYaml(scopes: readonly string[], lookaside: string): string {
  const entries = scopes.map((scope) => {
    return `  ${JSON.stringify(scope)}:\n    lookaside: ${JSON.stringify(lookaside)}\n`
  })
  return `docker:\n${entries.join('')}`
}

function parsePolicy(text: string, where: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new TrustError('policy/unreadable', 'the present policy cannot be read', {
      where,
      expected: 'JSON as in containers-policy.json(5)',
      cause
    })
  }
}
