// Measures how long a layer takes to be exported, ours against BuildKit, both in this run; and how much memory
// the export of a large one takes.
//
//   npx tsx bench/layers.ts [--anchor ROOT] [--runs N]
//
// The layer is made of files of the context, in a build from nothing, both with all that comes before the export.
import { spawnSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { anchor: { type: 'string' }, runs: { type: 'string', default: '5' } }
})
const runs = Number(values.runs)
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stagex-bench-'))

/** Makes the files in a stage whose steps are known; the last stage's layer is what is exported. */
const containerfile = (round: number): string => `FROM scratch AS build
COPY --chmod=0755 busybox /bin/sh
COPY data /data
FROM scratch
COPY --from=build /data /data
LABEL round=${round}
`
let round = 0

try {
  const small = layerFolder('small', 56)
  const ours = ourTime(small)
  const theirs = values.anchor === undefined ? undefined : buildkitTime(values.anchor, small)
  const compared =
    theirs === undefined
      ? ''
      : `, BuildKit ${theirs.toFixed(0)} ms, ratio ${(ours / theirs).toFixed(2)}`
  console.log(`a layer of 56 MB: ${ours.toFixed(0)} ms${compared}`)
  console.log(`a layer of 500 MB: ${peakMemory(layerFolder('large', 500)).toFixed(0)} MB of memory`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A package whose layer has so many megabytes, half of which compress. */
function layerFolder(name: string, megabytes: number): string {
  const path = join(folder, 'tree', 'packages', 'user', name)
  mkdirSync(join(path, 'data'), { recursive: true })
  writeFileSync(join(path, 'package.toml'), `[package]\nname = "${name}"\nversion = "1"\n`)
  copyFileSync('/bin/busybox', join(path, 'busybox'))
  const file = Buffer.alloc(500_000)
  for (let index = 0; index < megabytes * 2; index++) {
    file.fill(`text number ${index} that repeats `)
    randomFillSync(file, 0, file.length / 2)
    writeFileSync(join(path, 'data', String(index)), file)
  }
  return path
}

function ourTime(path: string): number {
  return medianOf(() => {
    writeFileSync(join(path, 'Containerfile'), containerfile(++round))
    rmSync(join(folder, 'home'), { recursive: true, force: true })
    return build(path).milliseconds
  })
}

function build(path: string): { milliseconds: number; kilobytes: number } {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const places = ['--home', join(folder, 'home'), '--root', join(folder, 'tree')]
  const words = ['-f', '%M', stagex, ...places, 'build', name, '--progress', 'quiet']
  const { milliseconds, stderr } = timed('/usr/bin/time', words)
  return { milliseconds, kilobytes: Number(stderr.trim().split('\n').at(-1)) }
}

/** Megabytes; of the largest process. */
function peakMemory(path: string): number {
  writeFileSync(join(path, 'Containerfile'), containerfile(++round))
  return build(path).kilobytes / 1000
}

function buildkitTime(root: string, path: string): number {
  const inside = '/srv/anchor/bench-layers'
  const outside = join(root, inside)
  rmSync(outside, { recursive: true, force: true })
  timed('cp', ['-a', path, outside])
  const output =
    'type=oci,rewrite-timestamp=true,force-compression=true,tar=true,dest=/tmp/bench.tar'
  const words = [root, 'env', '-C', inside, 'docker', 'build', '--provenance=false']
    .concat(['--progress=quiet', '--platform=linux/amd64', '--build-arg', 'SOURCE_DATE_EPOCH=1'])
    .concat(['--output', output, '-f', 'Containerfile', '.'])
  const median = medianOf(() => {
    writeFileSync(join(outside, 'Containerfile'), containerfile(++round))
    timed('chroot', [root, 'docker', 'builder', 'prune', '-af'])
    return timed('chroot', words).milliseconds
  })
  rmSync(outside, { recursive: true })
  return median
}

/** The wall time until the program has ended well. */
function timed(program: string, args: readonly string[]): { milliseconds: number; stderr: string } {
  const start = performance.now()
  const { status, stderr } = spawnSync(program, [...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  return { milliseconds: performance.now() - start, stderr }
}

function medianOf(measure: () => number): number {
  const times = Array.from({ length: runs }, measure).sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? Number.NaN
}
