import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { ConformanceCase } from './conformance-case.js'

/** Stands in Containerfiles, and so in histories and digests. */
const port = 48_473

/** Serves what cases fetch: `http://127.0.0.1:48473/<case>/<name>`. */
export async function serveFiles(cases: readonly ConformanceCase[]): Promise<Server> {
  const files = new Map<string, string>(
    cases.flatMap(({ name, served = {} }) => {
      return Object.entries(served).map(([file, text]) => [`/${name}/${file}`, text] as const)
    })
  )
  const server = createServer((request, response) => {
    const text = files.get(request.url ?? '')
    const headers = { 'last-modified': 'Sun, 09 Sep 2001 01:46:40 GMT' }
    response.writeHead(text === undefined ? 404 : 200, headers).end(text ?? '')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}
