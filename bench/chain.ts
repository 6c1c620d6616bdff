// Measures the whole chain, package by package, in an empty store: as many seconds as `stagex build` takes, the most
// that the store grows to, and what each package takes while others may be built beside it.
//
//   npx tsx bench/chain.ts [--home FOLDER] [--jobs N] [IMAGE…]
//
// IMAGE is bootstrap-stage3 where none is named. FOLDER must not exist; it is kept, with all that was built in it, where
// it is named, and removed otherwise. The sources are fetched before the clock starts.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  options: { home: { type: 'string' }, jobs: { type: 'string', default: '2' } },
  allowPositionals: true
})
const wanted = positionals.length === 0 ? ['bootstrap-stage3'] : positionals
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
const home = values.home ?? join(temporary, 'home')

interface Event {
  readonly event: string
  readonly image?: string
  readonly outcome?: string
}

try {
  if (existsSync(home)) throw new Error(`${home} is there already`)
  fetchSources()
  const rows = await measureBuild()
  console.log('| package | seconds |\n|---|---:|')
  for (const [image, milliseconds] of rows.images) {
    console.log(`| ${image} | ${seconds(milliseconds)} |`)
  }
  console.log(`| **all, with ${values.jobs} jobs** | ${seconds(rows.whole)} |`)
  console.log(`\nThe store grew to ${(rows.peak / 1e9).toFixed(1)} GB.`)
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

function fetchSources(): void {
  const { status } = spawnSync(stagex, ['--home', home, 'fetch', ...wanted], { stdio: 'inherit' })
  if (status !== 0) throw new Error('a source cannot be fetched')
}

interface Measured {
  /** Milliseconds by image, in the order of their ends. */
  readonly images: ReadonlyMap<string, number>
  readonly whole: number
  /** Bytes. */
  readonly peak: number
}

async function measureBuild(): Promise<Measured> {
  const args = ['--home', home, 'build', '--jobs', values.jobs, '--progress', 'json', ...wanted]
  const start = performance.now()
  const build = spawn(stagex, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => build.on('close', resolve))
  const disk = watchDisk()
  const { images, unbuilt } = await imagesOf(createInterface({ input: build.stderr }))
  const peak = disk.stop()
  const status = await ended
  if (unbuilt.length > 0) throw new Error(`not built: ${unbuilt.join(' ')}`)
  if (status !== 0) console.error('The images are not those that the tree records.')
  return { images, whole: performance.now() - start, peak }
}

/** Read to the end, whatever fails: only then has the build ended, too. */
async function imagesOf(
  lines: AsyncIterable<string>
): Promise<{ images: Map<string, number>; unbuilt: string[] }> {
  const started = new Map<string, number>()
  const images = new Map<string, number>()
  const unbuilt: string[] = []
  for await (const line of lines) {
    if (!line.startsWith('{')) continue
    const { event, image = '', outcome } = JSON.parse(line) as Event
    if (event === 'image-started') started.set(image, performance.now())
    const from = started.get(image)
    if (event !== 'image-ended' || from === undefined) continue
    if (outcome === 'built') images.set(image, performance.now() - from)
    else unbuilt.push(image)
  }
  return { images, unbuilt }
}

/** The most that the file system's free space sinks by; what others write in the meantime counts too. */
function watchDisk(): { stop(): number } {
  const free = (): number => {
    const { bavail, bsize } = statfsSync(tmpdir())
    return bavail * bsize
  }
  const before = free()
  let least = before
  const timer = setInterval(() => (least = Math.min(least, free())), 1000)
  return {
    stop: () => {
      clearInterval(timer)
      return before - least
    }
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(0)
}
