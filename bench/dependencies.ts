// Measures a package that is built with twenty dependencies (1.1 GB, 20,000 files), ours against BuildKit, both
// in this run.
//
//   npx tsx bench/dependencies.ts [--anchor ROOT] [--runs N] [--megabytes M]
//
// First: the dependencies are there, as this engine builds them (BuildKit: as images in OCI layouts). Again: only the step itself has changed.
import { spawnSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    anchor: { type: 'string' },
    runs: { type: 'string', default: '3' },
    megabytes: { type: 'string', default: '1100' }
  }
})
const runs = Number(values.runs)
const dependencies = Array.from({ length: 20 }, (_, index) => `part${index + 1}`)
const filesEach = 1000
const seedSize = 4_000_000
const fileSize = Math.floor((Number(values.megabytes) * 1e6) / dependencies.length / filesEach)
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
let round = 0
try {
  const digests = makeDependencies()
  const ours = ourTimes()
  const theirs = values.anchor === undefined ? undefined : buildkitTimes(values.anchor, digests)
  for (const kind of ['first', 'again'] as const) {
    const peer = theirs?.[kind]
    const compared =
      peer === undefined
        ? ''
        : `, BuildKit ${peer.toFixed(0)} ms, ratio ${(ours[kind] / peer).toFixed(2)}`
    console.log(`twenty dependencies ${kind}: ${ours[kind].toFixed(0)} ms${compared}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface Times {
  /** Milliseconds. */
  readonly first: number
  readonly again: number
}

function treeFolder(): string {
  return join(folder, 'tree')
}

function packageFolder(name: string): string {
  const path = join(treeFolder(), 'packages', 'user', name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'package.toml'), `[package]\nname = "${name}"\nversion = "1"\n`)
  return path
}

function makeDependencies(): Map<string, string> {
  const seed = randomFillSync(Buffer.alloc(seedSize))
  for (const name of dependencies) {
    const path = packageFolder(name)
    copyFileSync('/bin/busybox', join(path, 'busybox'))
    writeFileSync(join(path, 'seed'), seed)
    writeFileSync(join(path, 'Containerfile'), dependency(name))
  }
  const { stdout } = timed(stagex, [...places(), '--json', 'build', ...dependencies])
  const { images } = JSON.parse(stdout) as { images: { image: string; digest: string }[] }
  return new Map(images.map(({ image, digest }) => [image, digest]))
}

/** Half of each file compresses, as programs do. */
function dependency(name: string): string {
  const half = Math.floor(fileSize / 2)
  const text = `yes "text of $i" | head -c ${half}`
  const bytes = `tail -c +$((i * ${Math.floor((seedSize - half) / filesEach)} + 1)) /seed | head -c ${half}`
  const file = `mkdir -p $((i % 40)) && { ${bytes}; ${text}; } > $((i % 40))/$i`
  const script = `mkdir -p /out/bin /out/usr/${name}; cp /bin/sh /out/bin; cd /out/usr/${name}
for i in $(seq 0 ${filesEach - 1}); do ${file}; done`
  return `FROM scratch AS build
COPY --chmod=0755 busybox /bin/sh
COPY seed /
RUN --network=none ["/bin/sh", "-c", ${JSON.stringify(script)}]
FROM scratch
COPY --from=build /out /
`
}

function places(): string[] {
  return ['--home', join(folder, 'home'), '--root', treeFolder()]
}

/** Writes the package anew, with a RUN that was never run before. */
function writePackage(path: string): void {
  const copies = dependencies.map((name) => `COPY --from=stagex/user-${name} . /\n`).join('')
  const run = `RUN --network=none ["/bin/sh", "-c", "echo ${++round} > /made"]\n`
  const last = 'FROM scratch\nCOPY --from=build /made /\n'
  writeFileSync(join(path, 'Containerfile'), `FROM scratch AS build\n${copies}${run}${last}`)
}

function ourTimes(): Times {
  const path = packageFolder('whole')
  const build = [...places(), 'build', 'whole', '--progress', 'quiet']
  const home = join(folder, 'home')
  const before = join(folder, 'home-before')
  timed('cp', ['-a', home, before])
  const first = medianOf(() => {
    writePackage(path)
    timed('mv', [home, join(folder, `home-${round}`)])
    timed('cp', ['-a', before, home])
    settle()
    return timed(stagex, build).milliseconds
  })
  const again = medianOf(() => {
    writePackage(path)
    return timed(stagex, build).milliseconds
  })
  return { first, again }
}

function buildkitTimes(root: string, digests: ReadonlyMap<string, string>): Times {
  const inside = '/srv/anchor/bench-dependencies'
  const outside = join(root, inside)
  rmSync(outside, { recursive: true, force: true })
  mkdirSync(outside, { recursive: true })
  const contexts = dependencies.flatMap((name) => {
    const image = `user-${name}`
    cpSync(join(treeFolder(), 'out', image), join(outside, image), { recursive: true })
    return [
      '--build-context',
      `stagex/${image}=oci-layout://${inside}/${image}@${digests.get(image) ?? ''}`
    ]
  })
  const context = join(outside, 'context')
  mkdirSync(context)
  const output =
    'type=oci,rewrite-timestamp=true,force-compression=true,tar=true,dest=/tmp/bench.tar'
  const build = [root, 'env', '-C', `${inside}/context`, 'docker', 'build', '--provenance=false']
    .concat(['--progress=quiet', '--platform=linux/amd64', '--build-arg', 'SOURCE_DATE_EPOCH=1'])
    .concat(['--output', output, '-f', 'Containerfile', ...contexts, '.'])
  const first = medianOf(() => {
    writePackage(context)
    timed('chroot', [root, 'docker', 'builder', 'prune', '-af'])
    settle()
    return timed('chroot', build).milliseconds
  })
  const again = medianOf(() => {
    writePackage(context)
    return timed('chroot', build).milliseconds
  })
  rmSync(outside, { recursive: true })
  return { first, again }
}

/** A file system that has just removed files makes new ones slowly (ext4: for five seconds). */
function settle(): void {
  timed('sync', [])
  timed('sleep', ['6'])
}

/** The wall time until the program has ended well. */
function timed(
  program: string,
  args: readonly string[]
): { readonly milliseconds: number; readonly stdout: string } {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(program, [...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  return { milliseconds: performance.now() - start, stdout }
}

function medianOf(measure: () => number): number {
  const times = Array.from({ length: runs }, measure).sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? Number.NaN
}
