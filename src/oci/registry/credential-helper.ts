import * as z from 'zod'
import { type Finished, run } from '../../base/process.js'
import type { Environment } from '../../http/environment.js'
import type { Credentials } from './credentials.js'
import { RegistryError } from './registry-error.js'

const answer = z.object({ Username: z.string(), Secret: z.string() })

const PATIENCE = 30_000

/**
 * Asks the program `docker-credential-<name>` for the credentials of a server: `get`, with the server's
 * name on standard input, answered in JSON.
 * @returns undefined where the helper has none
 * @throws RegistryError `registry/bad-credentials`
 */
export async function askCredentialHelper(
  name: string,
  server: string,
  environment: Environment
): Promise<Credentials | undefined> {
  // The name comes from a file and becomes that of a program: no path, nothing but a name.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) throw unusable(name, 'it has no proper name')
  const finished = await start(`docker-credential-${name}`, server, environment)
  if (finished.status !== 0) {
    if (/credentials not found/i.test(finished.stdout)) return undefined
    throw unusable(name, `it ended with status ${finished.status}`)
  }
  const parsed = answer.safeParse(jsonOf(finished.stdout))
  // What it printed may be a password, and is not shown.
  if (!parsed.success) throw unusable(name, 'its answer cannot be read')
  const { Username: username, Secret: password } = parsed.data
  return username === '<token>' ? { identityToken: password } : { username, password }
}

async function start(program: string, server: string, environment: Environment): Promise<Finished> {
  const env = Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]]
    )
  )
  try {
    return await run(program, ['get'], {
      env,
      input: server,
      signal: AbortSignal.timeout(PATIENCE)
    })
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw unusable(program, missing ? 'it is not installed' : 'it does not answer')
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unusable(name: string, why: string): RegistryError {
  return new RegistryError('registry/bad-credentials', `a credential helper is unusable: ${why}`, {
    where: name,
    kind: 'usage'
  })
}
