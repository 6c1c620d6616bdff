// Measures loading a tree: reading, checking, resolving and making the graph, in a process of its own.
//
//   npx tsx bench/tree.ts [--runs N]
//
// The trees are generated: one of the shape of StageX 2026.03.0, one ten times as large. Beside each stands,
// from the same run, Python's tomllib parsing the same package.toml files, and nothing else, in a process of
// its own; times are medians of wall time without the processes' start, memory is the largest resident set.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findCycles } from '../src/tree/graph-walk.js'
import { makeGraph } from '../src/tree/graph.js'
import { loadTree } from '../src/tree/load-tree.js'
import { generateTree, REAL_SHAPE, type TreeShape } from './generated-tree.js'

/** What one process measured. */
interface Measurement {
  readonly milliseconds: number
  readonly megabytes: number
}

const PYTHON = `
import glob, json, resource, sys, time, tomllib
start = time.perf_counter()
for path in glob.glob(sys.argv[1] + "/packages/*/*/package.toml"):
    with open(path, "rb") as file:
        tomllib.load(file)
milliseconds = (time.perf_counter() - start) * 1000
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps({"milliseconds": milliseconds, "megabytes": megabytes}))
`

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, load: { type: 'string' } }
})
if (values.load === undefined) compareAll(Number(values.runs))
else console.log(JSON.stringify(await load(values.load)))

async function load(root: string): Promise<Measurement> {
  const start = performance.now()
  const tree = await loadTree(root)
  const graph = makeGraph(tree)
  const wrong = tree.problems.length + graph.missing.length + findCycles(graph).length
  const milliseconds = performance.now() - start
  if (wrong > 0) throw new Error('the generated tree is not whole')
  return { milliseconds, megabytes: process.resourceUsage().maxRSS / 1000 }
}

function compareAll(runs: number): void {
  compare('444 packages', REAL_SHAPE, runs)
  const { packages, sources, edges } = REAL_SHAPE
  compare(
    '4,440 packages',
    { packages: packages * 10, sources: sources * 10, edges: edges * 10 },
    runs
  )
}

function compare(what: string, shape: TreeShape, runs: number): void {
  const root = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
  try {
    generateTree(root, shape)
    const script = fileURLToPath(import.meta.url)
    const ours: Measurement[] = []
    const theirs: Measurement[] = []
    // Alternating, so that whatever else the machine does falls on both.
    for (let run = 0; run < runs; run++) {
      ours.push(measured(process.execPath, [...process.execArgv, script, '--load', root]))
      theirs.push(measured('python3', ['-c', PYTHON, root]))
    }
    print(what, median(ours), median(theirs))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function print(what: string, ours: Measurement, theirs: Measurement): void {
  const ratio = (ours.milliseconds / theirs.milliseconds).toFixed(2)
  console.log(
    `${what}: load and graph ${ours.milliseconds.toFixed(0)} ms, ${ours.megabytes.toFixed(0)} MB; ` +
      `tomllib alone ${theirs.milliseconds.toFixed(0)} ms; ratio ${ratio}`
  )
}

function measured(program: string, args: readonly string[]): Measurement {
  const { status, stdout, stderr } = spawnSync(program, [...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  return JSON.parse(stdout) as Measurement
}

function median(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => a.milliseconds - b.milliseconds)
  return (
    sorted[Math.floor(sorted.length / 2)] ?? { milliseconds: Number.NaN, megabytes: Number.NaN }
  )
}
