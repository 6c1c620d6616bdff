// Measures the embedded builder against BuildKit on one small Containerfile, both in this run.
//
//   npx tsx bench/build.ts [--anchor ROOT] [--runs N]
//
// ROOT is the root file system of a Docker engine that runs in a chroot (as in bench/README.md); without it
// only our own times are printed. Times are medians of wall time; the ratio is ours to BuildKit's.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const containerfile = `FROM scratch AS build
COPY --chmod=0755 busybox /bin/sh
ENV NAME=value
WORKDIR /build
COPY data /build/data
RUN --network=none ["/bin/sh", "-c", "cp data copy && echo one > one"]
RUN --network=none ["/bin/sh", "-c", "cat one copy > two"]
RUN --network=none ["/bin/sh", "-c", "mkdir out && mv two out/ && ln -s two out/three"]
FROM scratch AS package
COPY --from=build /build/out /
ENTRYPOINT ["/two"]
`

const { values } = parseArgs({
  options: { anchor: { type: 'string' }, runs: { type: 'string', default: '7' } }
})
const runs = Number(values.runs)
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
try {
  const ours = ourTimes(folder)
  const theirs = values.anchor === undefined ? undefined : buildkitTimes(values.anchor)
  for (const kind of ['cold', 'cached'] as const) {
    const peer = theirs?.[kind]
    const compared =
      peer === undefined
        ? ''
        : `, BuildKit ${peer.toFixed(0)} ms, ratio ${(ours[kind] / peer).toFixed(2)}`
    console.log(`ten instructions ${kind}: ${ours[kind].toFixed(0)} ms${compared}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface Times {
  /** Milliseconds with every step executed. */
  readonly cold: number
  /** Milliseconds with nothing left to do. */
  readonly cached: number
}

function ourTimes(workspace: string): Times {
  const tree = join(workspace, 'tree')
  const context = join(tree, 'packages', 'user', 'fixture')
  writeContext(context)
  writeFileSync(join(context, 'package.toml'), '[package]\nname = "fixture"\nversion = "1"\n')
  const places = ['--home', join(workspace, 'home'), '--root', tree]
  const build = [...places, 'build', 'fixture', '--progress', 'quiet']
  timed(stagex, build)
  return {
    cold: medianOf(() => timed(stagex, [...build, '--no-cache'])),
    cached: medianOf(() => timed(stagex, build))
  }
}

function buildkitTimes(root: string): Times {
  const inside = '/srv/anchor/bench'
  writeContext(join(root, inside))
  mkdirSync(join(root, inside, 'fetch'), { recursive: true })
  const output =
    'type=oci,rewrite-timestamp=true,force-compression=true,tar=true,dest=/tmp/bench.tar'
  const build = [root, 'env', '-C', inside, 'docker', 'build', '--provenance=false']
    .concat(['--progress=quiet', '--ulimit', 'nofile=2048:16384', '--platform=linux/amd64'])
    .concat(['--build-arg', 'SOURCE_DATE_EPOCH=1', '--build-arg', 'BUILDKIT_MULTI_PLATFORM=1'])
    .concat(['--build-context', 'fetch=fetch', '--output', output, '-f', 'Containerfile'])
  timed('chroot', [...build, '.'])
  return {
    cold: medianOf(() => timed('chroot', [...build, '--no-cache', '.'])),
    cached: medianOf(() => timed('chroot', [...build, '.']))
  }
}

function writeContext(folder: string): void {
  mkdirSync(folder, { recursive: true })
  copyFileSync('/bin/busybox', join(folder, 'busybox'))
  writeFileSync(join(folder, 'data'), Buffer.alloc(200_000, 'some data that compresses well\n'))
  writeFileSync(join(folder, 'Containerfile'), containerfile)
}

/** Milliseconds of wall time until the program has ended well. */
function timed(program: string, args: readonly string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(program, [...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  return performance.now() - start
}

function medianOf(measure: () => number): number {
  const times = Array.from({ length: runs }, measure).sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? Number.NaN
}
