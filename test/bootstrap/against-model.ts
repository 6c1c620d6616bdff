import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Outcome } from './model/outcome.js'

/** What a program of stage0 did with an input. */
interface Observation {
  readonly status: number | null
  readonly stderr: string
  /** `undefined` where the program did not make the file. */
  readonly output: Buffer | undefined
}

/** Runs `program INPUT OUTPUT` in `folder` on an input. */
export function observe(folder: string, program: string, input: Uint8Array): Observation {
  const from = join(folder, 'case.in')
  const to = join(folder, 'case.out')
  writeFileSync(from, input)
  rmSync(to, { force: true })
  const done = spawnSync(join(folder, 'bin', program), [from, to], { encoding: 'latin1', env: {} })
  return { status: done.status, stderr: done.stderr, output: read(to) }
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** The program did what its model says: the same bytes, or it failed with the same words and no output. */
export function expectOutcome(observed: Observation, model: Outcome): void {
  if (model.output === undefined) {
    expect(observed).toEqual({ status: 1, stderr: model.failure, output: undefined })
  } else {
    expect(observed).toEqual({ status: 0, stderr: '', output: Buffer.from(model.output) })
  }
}
