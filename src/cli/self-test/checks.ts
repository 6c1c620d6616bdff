import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../base/process.js'

/** A check of the sources: a script of package.json whose name begins with `check:`. */
export interface Check {
  readonly name: string
  readonly command: string
}

/** How a check ended. */
export interface CheckResult {
  readonly name: string
  readonly passed: boolean
  /** Wall time in milliseconds. */
  readonly duration: number
  readonly output: string
}

/** More at a time gain nothing: each uses a core and a good deal of memory. */
const atATime = 2

/** The checks that package.json names. */
export function checksOf(checkout: string): Check[] {
  const { scripts = {} } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    scripts?: Readonly<Record<string, string>>
  }
  return Object.entries(scripts)
    .filter(([name]) => name.startsWith('check:'))
    .map(([name, command]) => ({ name: name.slice('check:'.length), command }))
}

/**
 * Runs checks, some at a time.
 * @param ended called with each as it ends
 */
export async function runChecks(
  checkout: string,
  checks: readonly Check[],
  ended: (result: CheckResult) => void,
  signal: AbortSignal
): Promise<CheckResult[]> {
  const waiting = [...checks]
  const results: CheckResult[] = []
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const result = await runCheck(checkout, check, signal)
      results.push(result)
      ended(result)
    }
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  return results
}

async function runCheck(
  checkout: string,
  { name, command }: Check,
  signal: AbortSignal
): Promise<CheckResult> {
  const start = performance.now()
  const path = `${join(checkout, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`
  const env = { ...(process.env as Record<string, string>), PATH: path }
  const { status, stdout, stderr } = await run('sh', ['-c', command], {
    cwd: checkout,
    env,
    signal
  })
  const duration = performance.now() - start
  return { name, passed: status === 0, duration, output: stdout + stderr }
}
