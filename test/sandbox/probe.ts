import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const sources = join(import.meta.dirname, 'probe')

/** The program that tries to get out: its file, compiled, and its attempts by name. */
export interface Probe {
  readonly file: string
  readonly attempts: readonly string[]
}

/** Compiles the probe; undefined where no C compiler makes static programs. */
export function compileProbe(): Probe | undefined {
  const file = join(mkdtempSync(join(tmpdir(), 'stagex-probe-')), 'probe')
  const names = readdirSync(sources).filter((name) => name.endsWith('.c'))
  const paths = names.map((name) => join(sources, name))
  try {
    execFileSync('gcc', ['-static', '-O1', '-Wall', '-o', file, ...paths], { stdio: 'pipe' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return { file, attempts: execFileSync(file, ['list'], { encoding: 'utf8' }).trim().split('\n') }
}

/** What came of each attempt: `held`, or what was reached. */
export function verdicts(output: string): Map<string, string> {
  const lines = output.matchAll(/^(.+?): (held|reached .*)$/gm)
  return new Map([...lines].map(([, name = '', verdict = '']) => [name, verdict]))
}
