// Measures what a build of a whole tree costs in which nothing has changed: `stagex build --all`, as a person calls
// it, the start of the program included.
//
//   npx tsx bench/unchanged.ts [--packages N] [--runs N]
//
// The tree is generated, each package with two files, three stages and six dependencies, and built once, which takes
// a minute. Times are medians; processor time says more than wall time where the machine does other things, too.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: '500' },
    runs: { type: 'string', default: '9' }
  }
})
const packages = Number(values.packages)
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
try {
  const tree = join(folder, 'tree')
  for (let index = 0; index < packages; index++) writePackage(tree, index)
  const places = ['--home', join(folder, 'home'), '--root', tree]
  const build = [...places, 'build', '--all', '--progress', 'quiet']
  // Once to build; once more, some seconds later, to remember what files look like that stand still.
  measured(build)
  spawnSync('sleep', ['3'])
  measured(build)
  const taken = Array.from({ length: Number(values.runs) }, () => measured(build))
  const wall = median(taken.map(({ milliseconds }) => milliseconds))
  const processor = median(taken.map((each) => each.processor))
  console.log(
    `nothing to do for ${packages} packages: ${wall.toFixed(0)} ms, ` +
      `of the processor ${processor.toFixed(0)} ms`
  )
} finally {
  spawnSync(stagex, ['--home', join(folder, 'home'), 'gc', '--keep', '0'])
  rmSync(folder, { recursive: true, force: true })
}

function writePackage(tree: string, index: number): void {
  const context = join(tree, 'packages', 'user', `package-${index}`)
  mkdirSync(context, { recursive: true })
  const head = `[package]\nname = "package-${index}"\nversion = "1.${index}"\n`
  writeFileSync(join(context, 'package.toml'), `${head}license = "MIT"\n`)
  writeFileSync(join(context, 'file'), `${index}\n`.repeat(100))
  writeFileSync(join(context, 'fix.patch'), '+ a line\n'.repeat(200))
  writeFileSync(join(context, 'Containerfile'), containerfile(index))
}

/** Built from earlier packages, near and far. */
function containerfile(index: number): string {
  const needed = new Set([1, 2, 3, 5, 8, 13].map((back) => Math.floor(index / (back + 1))))
  const copies = [...needed]
    .filter((other) => other < index)
    .map((other) => `COPY --from=stagex/user-package-${other} . /\n`)
  return `FROM scratch AS base
${copies.join('')}FROM base AS build
ARG VERSION
ENV NAME=$VERSION
WORKDIR /build
COPY file fix.patch ./
FROM scratch AS package
COPY --from=build /build/file /usr/share/package-${index}/file
`
}

interface Measurement {
  readonly milliseconds: number
  /** Of the command and of all that it started, in milliseconds. */
  readonly processor: number
}

/** The shell tells what those used that it waited for (times, in POSIX). */
function measured(args: readonly string[]): Measurement {
  const start = performance.now()
  const script = '"$@" >/dev/null && times'
  const { status, stdout } = spawnSync('sh', ['-c', script, 'sh', stagex, ...args], {
    encoding: 'utf8'
  })
  const milliseconds = performance.now() - start
  if (status !== 0) throw new Error(`the build ended with ${String(status)}`)
  const children = stdout.trim().split('\n')[1] ?? ''
  return { milliseconds, processor: children.split(' ').map(inMilliseconds).reduce(sum, 0) }
}

/** Reads `0m1.23s`. */
function inMilliseconds(text: string): number {
  const [, minutes = '0', seconds = '0'] = /^(\d+)m([\d.]+)s$/.exec(text) ?? []
  return Number(minutes) * 60_000 + Number(seconds) * 1000
}

function sum(a: number, b: number): number {
  return a + b
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
