import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { SignatureSource } from '../sources/signature-source.js'

/** The only paths there are: `/stagex/core-gcc@sha256=<64 hex>/signature-1`. */
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const SIGNATURE = new RegExp(
  `^/(${COMPONENT}(?:/${COMPONENT})*@sha256=[0-9a-f]{64}/signature-[1-9][0-9]{0,2})$`
)

/** Milliseconds for a client to say what it wants. */
const REQUEST_TIMEOUT = 10_000

/**
 * Serves signatures as a lookaside (containers-registries.d(5)). A path that is not that of a signature leads
 * to nothing, so that no other file of the machine can be asked for, and nothing is ever written.
 */
export function lookasideServer(source: SignatureSource): Server {
  const server = createServer((request, response) => {
    answer(source, request, response).catch(() => {
      end(response, 500)
    })
  })
  server.requestTimeout = REQUEST_TIMEOUT
  server.headersTimeout = REQUEST_TIMEOUT
  return server
}

async function answer(
  source: SignatureSource,
  { method, url = '' }: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    end(response, 405)
    return
  }
  const path = SIGNATURE.exec(decoded(url.replace(/[?#].*$/s, '')))?.[1]
  const bytes = path === undefined ? undefined : await source.read(path)
  if (bytes === undefined) {
    end(response, 404)
    return
  }
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': bytes.length,
    // A signature that was added is to be seen at once.
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff'
  })
  response.end(method === 'HEAD' ? undefined : bytes)
}

/** Clients may write `@` and `=` as they are, or with percent signs. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

function end(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { 'content-length': 0 })
  response.end()
}
