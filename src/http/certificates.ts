import { readFileSync } from 'node:fs'
import type { Environment } from './environment.js'
import { HttpError } from './http-error.js'

/**
 * The certificates (PEM) to trust in place of the usual ones, where `SSL_CERT_FILE` names a file of them.
 * @throws HttpError `http/bad-certificates`
 */
export function configuredCertificates(environment: Environment): string | undefined {
  const path = environment['SSL_CERT_FILE']
  if (path === undefined || path === '') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new HttpError('http/bad-certificates', 'SSL_CERT_FILE cannot be read', {
      where: path,
      cause
    })
  }
}
