// Measures what a command costs that reads, checks and plans a whole tree and builds nothing: `stagex digests`,
// as a person calls it, the start of the program included.
//
//   npx tsx bench/tree.ts [--runs N]
//
// The trees are generated: one of the shape of StageX 2026.03.0, one ten times as large. Beside each stands,
// from the same run, Python's tomllib parsing the same package.toml files, and nothing else, in a process of
// its own. Times are medians; processor time counts all threads and says more than wall time where the
// machine does other things, too. Memory is the largest resident set.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findCycles } from '../src/tree/graph-walk.js'
import { makeGraph } from '../src/tree/graph.js'
import { loadTree } from '../src/tree/load-tree.js'
import { generateTree, REAL_SHAPE, type TreeShape } from './generated-tree.js'

/** What one process took. */
interface Measurement {
  /** Wall time, from the start of the process to its end. */
  readonly milliseconds: number
  readonly processor: number
  readonly megabytes: number
}

/** Loaded into the measured program before anything else: writes at its end what it took. */
const HOOK = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const taken = { processor: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1000 }
  require('node:fs').writeFileSync(process.env.BENCH_TAKEN, JSON.stringify(taken))
})
`

const PYTHON = `
import glob, json, os, resource, sys, tomllib
for path in glob.glob(sys.argv[1] + "/packages/*/*/package.toml"):
    with open(path, "rb") as file:
        tomllib.load(file)
used = resource.getrusage(resource.RUSAGE_SELF)
taken = {"processor": (used.ru_utime + used.ru_stime) * 1000, "megabytes": used.ru_maxrss / 1000}
json.dump(taken, open(os.environ["BENCH_TAKEN"], "w"))
`

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } })
const runs = Number(values.runs)
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))
const { packages, sources, edges } = REAL_SHAPE
await compare('444 packages', REAL_SHAPE)
await compare('4,440 packages', {
  packages: packages * 10,
  sources: sources * 10,
  edges: edges * 10
})

async function compare(what: string, shape: TreeShape): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
  try {
    const tree = join(folder, 'tree')
    generateTree(tree, shape)
    await refuseBroken(tree)
    const hook = join(folder, 'hook.cjs')
    writeFileSync(hook, HOOK)
    const words = ['-C', tree, '--home', join(folder, 'home'), 'digests']
    const ours: Measurement[] = []
    const theirs: Measurement[] = []
    // Alternating, so that whatever else the machine does falls on both.
    for (let run = 0; run < runs; run++) {
      ours.push(measured(folder, stagex, words, { NODE_OPTIONS: `--require ${hook}` }))
      theirs.push(measured(folder, 'python3', ['-c', PYTHON, tree], {}))
    }
    print(what, median(ours), median(theirs))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What is not loaded as a whole is loaded too fast. */
async function refuseBroken(root: string): Promise<void> {
  const tree = await loadTree(root)
  const graph = makeGraph(tree)
  const wrong = tree.problems.length + graph.missing.length + findCycles(graph).length
  if (wrong > 0) throw new Error('the generated tree is not whole')
}

function print(what: string, ours: Measurement, theirs: Measurement): void {
  const ratio = (ours.processor / theirs.processor).toFixed(2)
  const whole = (milliseconds: number): string => milliseconds.toFixed(0)
  console.log(
    `${what}: start, load, check and plan ${whole(ours.milliseconds)} ms, of the processor ` +
      `${whole(ours.processor)} ms, ${whole(ours.megabytes)} MB; tomllib alone ` +
      `${whole(theirs.processor)} ms of the processor; ratio ${ratio}`
  )
}

function measured(
  folder: string,
  program: string,
  args: readonly string[],
  more: Readonly<Record<string, string>>
): Measurement {
  const taken = join(folder, 'taken')
  const env = { ...process.env, ...more, BENCH_TAKEN: taken }
  const start = performance.now()
  const { status, stderr } = spawnSync(program, [...args], { encoding: 'utf8', env })
  const milliseconds = performance.now() - start
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  const told = JSON.parse(readFileSync(taken, 'utf8')) as Omit<Measurement, 'milliseconds'>
  return { milliseconds, ...told }
}

function median(measurements: readonly Measurement[]): Measurement {
  const of = (what: keyof Measurement): number => {
    const sorted = measurements.map((each) => each[what]).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  return {
    milliseconds: of('milliseconds'),
    processor: of('processor'),
    megabytes: of('megabytes')
  }
}
