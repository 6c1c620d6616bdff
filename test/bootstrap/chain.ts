import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { stage0Steps, takeStep } from './steps.js'

let shared: string | undefined

/** Calls `use` with a folder in which the whole chain has run: one for all tests of a file. */
export async function withChain(use: (folder: string) => Promise<void> | void): Promise<void> {
  if (shared === undefined) {
    shared = mkdtempSync(join(tmpdir(), 'stage0-'))
    for (const step of stage0Steps()) takeStep(shared, step)
  }
  await use(shared)
}

afterAll(() => {
  if (shared !== undefined) rmSync(shared, { recursive: true })
})
