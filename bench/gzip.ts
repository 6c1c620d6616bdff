// Measures the canonical gzip encoder against Go's compress/gzip on the same bytes, both in this run.
//
//   npx tsx bench/gzip.ts [--file FILE] [--size BYTES] [--runs N]
//
// The bytes are the first 56 MB of FILE, which is Node itself unless it is named. Go up to 1.26 is looked for
// as in test/peers/go-gzip.ts; without it only our own times are printed. Each time is the best of N runs; the
// ratio is ours to Go's: below 1 we are faster.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { GzipEncoder } from '../src/oci/gzip/encoder.js'
import { MatcherThread } from '../src/oci/gzip/matcher-threads.js'
import { ThreadedGzipEncoder } from '../src/oci/gzip/threaded-encoder.js'
import { findGo } from '../test/peers/go-gzip.js'

/** As large as what the layer writer writes at once. */
const pieceSize = 1024 * 1024

const { values } = parseArgs({
  options: {
    file: { type: 'string', default: process.execPath },
    size: { type: 'string', default: '56000000' },
    runs: { type: 'string', default: '3' }
  }
})

const folder = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
try {
  const bytes = startOf(values.file, Number(values.size))
  const go = goTime(bytes)
  const threads = await startThreads()
  report('one thread', await bestOf(() => compressHere(bytes)), bytes, go)
  const time = await bestOf(() => compressThreaded(bytes, threads))
  report(`${threads.length + 1} threads`, time, bytes, go)
} finally {
  rmSync(folder, { recursive: true })
}

function report(what: string, seconds: number, bytes: Uint8Array, go: number | undefined): void {
  const compared =
    go === undefined ? '' : `, Go ${rate(bytes, go)}, ratio ${(seconds / go).toFixed(2)}`
  console.log(`gzip on ${what}: ${rate(bytes, seconds)}${compared}`)
}

function rate(bytes: Uint8Array, seconds: number): string {
  return `${(bytes.length / seconds / 1e6).toFixed(1)} MB/s`
}

function startOf(file: string, size: number): Buffer {
  const bytes = Buffer.alloc(Math.min(size, statSync(file).size))
  readSync(openSync(file, 'r'), bytes)
  return bytes
}

/** Seconds of Go's encoder alone, measured inside its process. */
function goTime(bytes: Uint8Array): number | undefined {
  const go = findGo()
  if (go === undefined) return undefined
  const source = join(import.meta.dirname, 'gzip-go/main.go')
  const data = join(folder, 'data')
  const env = { ...process.env, GO111MODULE: 'off', GOCACHE: join(folder, 'cache') }
  writeFileSync(data, bytes)
  execFileSync(go, ['build', '-o', join(folder, 'go-gzip'), source], { env })
  return Number(execFileSync(join(folder, 'go-gzip'), [data, values.runs], { encoding: 'utf8' }))
}

/** Threads as the layer writer uses them; their program has to be compiled, which this run is not. */
async function startThreads(): Promise<readonly MatcherThread[]> {
  const outfile = join(folder, 'section-worker.mjs')
  const entryPoints = [join(import.meta.dirname, '../src/oci/gzip/section-worker.ts')]
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node' })
  const count = Math.max(availableParallelism() - 1, 1)
  return Array.from({ length: count }, () => new MatcherThread(pathToFileURL(outfile)))
}

async function bestOf(work: () => Promise<void>): Promise<number> {
  let best = Infinity
  for (let run = 0; run < Number(values.runs); run++) {
    const start = process.hrtime.bigint()
    await work()
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9)
  }
  return best
}

function compressHere(bytes: Uint8Array): Promise<void> {
  const encoder = new GzipEncoder(() => undefined)
  for (const piece of piecesOf(bytes)) encoder.write(piece)
  encoder.close()
  return Promise.resolve()
}

async function compressThreaded(
  bytes: Uint8Array,
  threads: readonly MatcherThread[]
): Promise<void> {
  const encoder = new ThreadedGzipEncoder(
    () => undefined,
    () => threads
  )
  for (const piece of piecesOf(bytes)) {
    encoder.write(piece)
    await encoder.settle()
  }
  await encoder.close()
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceSize) {
    yield bytes.subarray(start, start + pieceSize)
  }
}
