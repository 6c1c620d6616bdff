import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Handler = (request: IncomingMessage, response: ServerResponse, visit: number) => void

/** A mirror on loopback that answers as the test says. */
export interface MirrorServer {
  readonly url: string
  readonly host: string
  /** Paths that were asked for, in order. */
  readonly requests: readonly IncomingMessage[]
}

/** Starts a server that lives as long as the running test. `visit` counts requests from 0. */
export async function mirrorServer(handler: Handler): Promise<MirrorServer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response, requests.length - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: `http://${host}`, host, requests }
}

/** A mirror that serves the bytes at every path, ranges included. */
export function honest(bytes: Buffer): Handler {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    if (start === 0) {
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
      return
    }
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`
    const part = bytes.subarray(start)
    response.writeHead(206, { 'content-range': range, 'content-length': part.length }).end(part)
  }
}

/** A mirror that declares the whole length, sends the first `length` bytes, and resets the connection. */
export function breaksOffAfter(bytes: Buffer, length: number): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, length), () => {
      // The bytes must leave the kernel before the reset throws away what is still queued.
      setTimeout(() => response.socket?.resetAndDestroy(), 50)
    })
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
