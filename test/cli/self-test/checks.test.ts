import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Check, checksOf, runChecks } from '../../../src/cli/self-test/checks.js'

let checkout: string

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'stagex-checks-'))
  return () => {
    rmSync(checkout, { recursive: true })
  }
})

const never = new AbortController().signal

async function outcomes(checks: readonly Check[]): Promise<Record<string, boolean>> {
  const results = await runChecks(checkout, checks, () => undefined, never)
  return Object.fromEntries(results.map(({ name, passed }) => [name, passed]))
}

describe('the checks', () => {
  it('are the scripts of package.json that say so', () => {
    const scripts = { build: 'x', check: 'y', 'check:types': 'tsc', 'check:lint': 'eslint .' }
    writeFileSync(join(checkout, 'package.json'), JSON.stringify({ scripts }))
    expect(checksOf(checkout)).toEqual([
      { name: 'types', command: 'tsc' },
      { name: 'lint', command: 'eslint .' }
    ])
  })

  it('are none where there are no scripts', () => {
    writeFileSync(join(checkout, 'package.json'), '{}')
    expect(checksOf(checkout)).toEqual([])
  })

  it('pass and fail by their status, and all are run', async () => {
    const checks = [
      { name: 'good', command: 'true' },
      { name: 'bad', command: 'echo why; echo because >&2; false' },
      { name: 'unknown', command: 'no-such-program' },
      { name: 'last', command: 'true' }
    ]
    expect(await outcomes(checks)).toEqual({ good: true, bad: false, unknown: false, last: true })
  })

  it('keep what they complained of', async () => {
    const checks = [{ name: 'bad', command: 'echo why; echo because >&2; false' }]
    const [result] = await runChecks(checkout, checks, () => undefined, never)
    expect(result?.output).toBe('why\nbecause\n')
  })

  it('find the programs of the dependencies, in the checkout', async () => {
    mkdirSync(join(checkout, 'node_modules/.bin'), { recursive: true })
    const program = '#!/bin/sh\n[ -d node_modules ]\n'
    writeFileSync(join(checkout, 'node_modules/.bin/sample-lint'), program, { mode: 0o755 })
    expect(await outcomes([{ name: 'lint', command: 'sample-lint' }])).toEqual({ lint: true })
  })

  it('are told as each ends', async () => {
    const told: string[] = []
    const checks = [
      { name: 'slow', command: 'sleep 0.3' },
      { name: 'quick', command: 'true' }
    ]
    await runChecks(checkout, checks, ({ name }) => told.push(name), never)
    expect(told).toEqual(['quick', 'slow'])
  })
})
