import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import typescript from 'typescript'
import { describe, expect, test } from 'vitest'
import { FetchWorld, resultOf, temporaryFolder } from './fetching.js'
import { breaksOffAfter, honest, mirrorServer, sha256 } from './mirror-server.js'

const { ModuleKind, ScriptTarget, transpileModule } = typescript

const bytes = randomBytes(300_000)

/** Puts a partial file where a process that is dead now would have left it. */
function leave(world: FetchWorld, content: Buffer): void {
  const folder = join(world.home, 'sources', 'partial')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${sha256(bytes)}-4194305-7`), content)
}

describe('a download that an earlier run began', () => {
  test('goes on where that one failed', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((request, response, visit) => {
      const handler = visit === 0 ? breaksOffAfter(bytes, 100_000) : honest(bytes)
      handler(request, response, visit)
    })
    const wanted = world.want(bytes, [server.url])
    expect(resultOf(await world.fetch(wanted, { limits: { attempts: 1 } }))).toBe(
      'source/interrupted'
    )
    expect(resultOf(await world.fetch(wanted))).toBe('fetched')
    expect(server.requests[1]?.headers.range).toBe('bytes=100000-')
  })

  test('is only renamed where that one was killed after the last byte', async () => {
    const world = new FetchWorld()
    leave(world, bytes)
    const server = await mirrorServer(honest(bytes))
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(server.requests).toHaveLength(0)
  })

  test('begins anew where the bytes so far turn out to be wrong', async () => {
    const world = new FetchWorld()
    leave(world, randomBytes(1000))
    const server = await mirrorServer(honest(bytes))
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(server.requests.map((request) => request.headers.range)).toEqual([
      'bytes=1000-',
      undefined
    ])
  })

  test('begins anew where there are more bytes than the file has', async () => {
    const world = new FetchWorld()
    leave(world, randomBytes(bytes.length + 5))
    const server = await mirrorServer((request, response, visit) => {
      if (request.headers.range === undefined) honest(bytes)(request, response, visit)
      else response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
  })

  test('is kept when the caller cancels', async () => {
    const world = new FetchWorld()
    const stop = new AbortController()
    const server = await mirrorServer((_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 100_000))
      setTimeout(() => {
        stop.abort()
      }, 100)
    })
    const outcome = await world.fetch(world.want(bytes, [server.url]), { signal: stop.signal })
    expect(resultOf(outcome)).toBe('source/cancelled')
    const kept = join(world.home, 'sources', 'partial', sha256(bytes))
    expect(statSync(kept).size).toBe(100_000)
  })
})

describe('a process killed in the middle of a download', () => {
  test('leaves what it had, and nothing that looks finished; the next one goes on', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((request, response, visit) => {
      if (visit > 0) honest(bytes)(request, response, visit)
      else
        response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 90_000))
    })
    const hash = sha256(bytes)
    await killInTheMiddle(world.home, server.url, hash)
    expect(readdirSync(join(world.home, 'sources'))).toEqual(['partial'])
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(server.requests[1]?.headers.range).toBe('bytes=90000-')
  })
})

/** Starts a real process that fetches, and kills it once 90,000 bytes are on disk. */
async function killInTheMiddle(home: string, url: string, hash: string): Promise<void> {
  const script = join(transpiledSources(), 'fetch-one.mjs')
  writeFileSync(script, FETCH_ONE)
  const child = spawn(process.execPath, [script, home, url, hash], { stdio: 'inherit' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  while (child.exitCode === null && bytesIn(join(home, 'sources', 'partial')) < 90_000) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  child.kill('SIGKILL')
  await ended
}

const FETCH_ONE = `
import { fetchSources } from './source/fetch-sources.js'
import { SourceStore } from './source/source-store.js'
const [, , home, url, hash] = process.argv
const source = { key: 'file', hash, mirrors: [url], file: 'file.tar' }
const clock = { now: () => 0, sleep: () => Promise.resolve() }
const options = { clock, environment: {} }
await fetchSources([{ source, directory: home + '/fetch' }], new SourceStore(home), options)
`

/** The sources' room as plain JavaScript, for a process without the test runner. */
function transpiledSources(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const room of ['base', 'http', 'source']) {
    mkdirSync(join(folder, room))
    const names = readdirSync(join('src', room)).filter((name) => name.endsWith('.ts'))
    for (const name of names) {
      const text = readFileSync(join('src', room, name), 'utf8')
      const compilerOptions = { target: ScriptTarget.ES2023, module: ModuleKind.ESNext }
      const { outputText } = transpileModule(text, { compilerOptions })
      writeFileSync(join(folder, room, name.replace(/\.ts$/, '.js')), outputText)
    }
  }
  return folder
}

function bytesIn(folder: string): number {
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}
