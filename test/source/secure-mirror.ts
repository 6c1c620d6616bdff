import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './fetching.js'
import type { Handler } from './mirror-server.js'

/** A mirror on loopback that speaks TLS with a certificate of its own. */
export interface SecureMirror {
  readonly url: string
  readonly host: string
  /** Path of the certificate to trust (PEM). */
  readonly certificate: string
}

/** Starts a TLS server, for `localhost` and 127.0.0.1, that lives as long as the running test. */
export async function secureMirror(handler: Handler): Promise<SecureMirror> {
  const folder = temporaryFolder()
  const key = join(folder, 'key.pem')
  const certificate = join(folder, 'certificate.pem')
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
  const subject = ['-subj', '/CN=localhost', '-addext', names, '-days', '1']
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const files = ['-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', ...kind, ...subject, ...files], { stdio: 'ignore' })
  let visit = 0
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, response) => {
      handler(request, response, visit++)
    }
  )
  await listen(server)
  const host = `localhost:${(server.address() as AddressInfo).port}`
  return { url: `https://${host}`, host, certificate }
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
}
