import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../base/process.js'
import { type Tally, emptyTally, sumOf, tallyOf } from './tally.js'

/** What is run and where its output goes. */
export interface UnitTests {
  readonly checkout: string
  /** Only test files whose path contains one of these; all where it is empty. */
  readonly filters: readonly string[]
  readonly colors: boolean
  readonly onOutput: (piece: Buffer) => void
  readonly signal: AbortSignal
}

/** Runs the tests under `test/` and counts them. */
export async function runUnitTests(tests: UnitTests): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-test-'))
  try {
    const report = join(folder, 'report.json')
    const status = await vitest(tests, report)
    return tallyWith(status, readFileSync(report, 'utf8'))
  } catch {
    // No report, or half of one: vitest itself failed, and has said why.
    return { ...emptyTally, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function vitest(tests: UnitTests, report: string): Promise<number> {
  const { checkout, filters, colors, onOutput, signal } = tests
  const program = join(checkout, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const color = colors ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }
  const env = { ...(process.env as Record<string, string>), ...color }
  const args = [program, 'run', '--passWithNoTests', ...reporters, ...filters]
  const { status } = await run(process.execPath, args, { cwd: checkout, env, onOutput, signal })
  return status
}

/** An error outside of any test makes vitest fail while every test has passed. */
function tallyWith(status: number, report: string): Tally {
  const tally = tallyOf(report)
  const unnoticed = status !== 0 && tally.failed === 0
  return unnoticed ? sumOf([tally, { ...emptyTally, failed: 1 }]) : tally
}
