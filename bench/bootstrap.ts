// Measures the way from the seed to TinyCC's fixpoint, and on to musl, step by step.
//
//   npx tsx bench/bootstrap.ts
//
// The steps are those of the Containerfiles, taken directly on this machine, one after the other, in a temporary
// folder. Wall time includes the start of each program. Peak memory is the largest resident set of any process of the
// step, as GNU time tells it (Debian's package `time`); without it the column is empty.
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Step, stage0Steps, takeStep } from '../test/bootstrap/steps.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const gnuTime = '/usr/bin/time'
const sources = {
  tcc: join(root, 'fetch/bootstrap/tcc/tcc_0.9.27+git20200814.62c30a4a.orig.tar.bz2'),
  musl: join(root, 'fetch/bootstrap/musl/musl-1.2.3.tar.gz')
}

interface Measured {
  readonly step: string
  readonly milliseconds: number
  /** Kibibytes; undefined where it cannot be measured. */
  readonly peak: number | undefined
}

const folder = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
try {
  if (!Object.values(sources).every((file) => existsSync(file))) {
    throw new Error('first: ./stagex fetch musl')
  }
  const tcc = [...stage0(folder), ...tinycc(folder)]
  const all = [...tcc, ...musl(folder)]
  console.log('| step | ms | peak MiB |\n|---|---:|---:|')
  const small = all.filter(({ step }) => !step.includes('.kaem'))
  console.log(rowOf({ ...total('', small), step: `hex0 to kaem, ${small.length} steps` }))
  for (const row of all) if (!small.includes(row)) console.log(rowOf(row))
  console.log(rowOf(total('seed to TinyCC', tcc)))
  console.log(rowOf(total('seed to musl', all)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function stage0(place: string): Measured[] {
  return stage0Steps().flatMap((step: Step) => {
    if (step.kind === 'copy') {
      takeStep(place, step)
      return []
    }
    const [program = '', ...args] = step.command
    return [
      measure(
        args.find((word) => word.endsWith('.kaem')) ?? program,
        join(place, program),
        args,
        place,
        {}
      )
    ]
  })
}

function tinycc(place: string): Measured[] {
  const work = lay(place, 'tcc', sources.tcc, 'tcc.tar.bz2')
  const env = { PATH: `${place}/out:${place}/bin`, stage0: place }
  return ['unpack', 'first', 'fixpoint'].map((script) => runScript(place, work, script, env))
}

function musl(place: string): Measured[] {
  const work = lay(place, 'musl', sources.musl, 'musl.tar.gz')
  const lib = join(place, 'tcc-lib')
  cpSync(join(place, 'tcc/source/include'), join(lib, 'include'), { recursive: true })
  copyFileSync(join(place, 'tcc/out/libtcc1.a'), join(lib, 'libtcc1.a'))
  const env = { PATH: `${place}/tcc/out:${place}/out`, stage0: place, tcc: lib }
  return ['unpack', 'headers', 'library'].map((script) => runScript(place, work, script, env))
}

function lay(place: string, name: string, source: string, as: string): string {
  const work = join(place, name)
  mkdirSync(work)
  cpSync(join(root, 'packages/bootstrap', name), work, { recursive: true })
  copyFileSync(source, join(work, as))
  return work
}

function runScript(
  place: string,
  work: string,
  script: string,
  env: Readonly<Record<string, string>>
): Measured {
  const name = work.slice(place.length + 1)
  return measure(
    `${name}/${script}.kaem`,
    join(place, 'out/kaem'),
    ['-f', `${script}.kaem`],
    work,
    env
  )
}

function measure(
  step: string,
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>
): Measured {
  const watched = existsSync(gnuTime) && statSync(gnuTime).isFile()
  const words = watched ? [gnuTime, '-q', '-f', 'peak %M', program, ...args] : [program, ...args]
  const [first = '', ...others] = words
  const start = performance.now()
  const { status, stderr } = spawnSync(first, others, { cwd, env, encoding: 'utf8' })
  const milliseconds = performance.now() - start
  if (status !== 0) throw new Error(`${step}: status ${String(status)}: ${stderr}`)
  const peak = /peak (\d+)\n$/.exec(stderr)?.[1]
  return { step, milliseconds, peak: peak === undefined ? undefined : Number(peak) }
}

function total(step: string, rows: readonly Measured[]): Measured {
  const peaks = rows.flatMap(({ peak }) => (peak === undefined ? [] : [peak]))
  return {
    step: `**${step}**`,
    milliseconds: rows.reduce((sum, row) => sum + row.milliseconds, 0),
    peak: peaks.length === 0 ? undefined : Math.max(...peaks)
  }
}

function rowOf({ step, milliseconds, peak }: Measured): string {
  const memory = peak === undefined ? '' : (peak / 1024).toFixed(1)
  return `| ${step} | ${milliseconds.toFixed(0)} | ${memory} |`
}
