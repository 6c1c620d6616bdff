import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Environment } from '../../http/environment.js'
import { askCredentialHelper } from './credential-helper.js'
import type { CredentialSource, Credentials } from './credentials.js'
import { RegistryError } from './registry-error.js'

const entry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional()
})
const schema = z.object({
  auths: z.record(z.string(), entry).nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
  credsStore: z.string().nullish()
})
type CredentialFile = z.infer<typeof schema>

const LARGEST = 1024 * 1024

/** The name under which Docker keeps the credentials of docker.io. */
const DOCKER_HUB = 'https://index.docker.io/v1/'

/**
 * Credentials as `podman login`, `skopeo login` and `docker login` leave them (containers-auth.json(5)):
 * the first file that knows the repository or its registry counts.
 * @param home the user's home folder
 * @throws RegistryError `registry/bad-credentials`, from what is returned
 */
export function credentialsOfFiles(environment: Environment, home: string): CredentialSource {
  return async (registry, path) => {
    for (const file of credentialFiles(environment, home)) {
      const content = readCredentialFile(file)
      const found = content && (await lookUp(content, file, registry, path, environment))
      if (found !== undefined) return found
    }
    return undefined
  }
}

function credentialFiles(environment: Environment, home: string): string[] {
  const runtime = environment['XDG_RUNTIME_DIR'] ?? ''
  const config = environment['XDG_CONFIG_HOME'] ?? join(home, '.config')
  const docker = environment['DOCKER_CONFIG'] ?? join(home, '.docker')
  const named = environment['REGISTRY_AUTH_FILE'] ?? ''
  return [
    ...(named === '' ? [] : [named]),
    ...(runtime === '' ? [] : [join(runtime, 'containers', 'auth.json')]),
    join(config, 'containers', 'auth.json'),
    join(docker, 'config.json')
  ]
}

function readCredentialFile(file: string): CredentialFile | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined
    throw badFile(file, 'it cannot be read')
  }
  if (text.length > LARGEST) throw badFile(file, 'it is too large')
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // The reason may quote the file, and so a password.
    throw badFile(file, 'it is not what such a file holds')
  }
}

async function lookUp(
  content: CredentialFile,
  file: string,
  registry: string,
  path: string,
  environment: Environment
): Promise<Credentials | undefined> {
  const helper = content.credHelpers?.[registry] ?? content.credsStore ?? undefined
  const server = registry === 'docker.io' ? DOCKER_HUB : registry
  const helped = helper && (await askCredentialHelper(helper, server, environment))
  if (helped !== undefined && helped !== '') return helped
  const entries = new Map(
    Object.entries(content.auths ?? {}).map(([key, value]) => [normalised(key), value])
  )
  for (const name of namesFor(registry, path)) {
    const found = entries.get(name)
    const credentials = found && credentialsOf(found, file)
    if (credentials !== undefined) return credentials
  }
  return undefined
}

/** The repository, the folders above it, then the registry: what is nearest counts. */
function namesFor(registry: string, path: string): string[] {
  const parts = path.split('/')
  const folders = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
  return [...folders.map((folder) => `${registry}/${folder}`), registry]
}

/** Docker writes a registry's name as a URL of its old API at times. */
function normalised(key: string): string {
  if (key === DOCKER_HUB) return 'docker.io'
  return key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '')
}

function credentialsOf(found: z.infer<typeof entry>, file: string): Credentials | undefined {
  if (found.identitytoken) return { identityToken: found.identitytoken }
  if (found.auth) {
    const pair = Buffer.from(found.auth, 'base64').toString('utf8')
    const colon = pair.indexOf(':')
    if (colon < 0) throw badFile(file, 'an entry is not user:password in Base64')
    return { username: pair.slice(0, colon), password: pair.slice(colon + 1).replace(/\0+$/, '') }
  }
  const { username, password } = found
  return username && password !== undefined ? { username, password } : undefined
}

function badFile(file: string, why: string): RegistryError {
  return new RegistryError(
    'registry/bad-credentials',
    `a file of credentials is unusable: ${why}`,
    {
      where: file,
      hint: 'log in again with podman login, skopeo login or docker login',
      kind: 'usage'
    }
  )
}
