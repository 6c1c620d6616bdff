import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import type { Environment } from './environment.js'
import { HttpError } from './http-error.js'

/**
 * The certificates (PEM) to trust in place of those that Node brings: the file that `SSL_CERT_FILE` names, or
 * Node's own and those of `NODE_EXTRA_CA_CERTS`. Node would read the second by itself, but at every start,
 * whether a server is called or not; so the launcher keeps it from Node.
 * @throws HttpError `http/bad-certificates`
 */
export function configuredCertificates(environment: Environment): string | undefined {
  const all = readNamed(environment, 'SSL_CERT_FILE')
  if (all !== undefined) return all
  const extra = readNamed(environment, 'NODE_EXTRA_CA_CERTS')
  return extra === undefined ? undefined : [...rootCertificates, extra].join('\n')
}

function readNamed(environment: Environment, variable: string): string | undefined {
  const path = environment[variable]
  if (path === undefined || path === '') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new HttpError('http/bad-certificates', `${variable} cannot be read`, {
      where: path,
      cause
    })
  }
}
