import fc from 'fast-check'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Effect, Task } from './copy/layer-effect.js'
import { NamespaceProgram } from './copy/namespace-program.js'
import { action } from './copy/random-actions.js'

const program = new NamespaceProgram(join(import.meta.dirname, 'copy/layer-effect.ts'))

beforeAll(() => program.open())
afterAll(() => program.close())

interface Answer {
  readonly effects?: readonly Effect[]
  readonly error?: string
}

test('the layers make the tree that the build saw, unpacked from their blobs or snapshots', async () => {
  const step = fc.array(action, { minLength: 1, maxLength: 12 })
  const builds = fc.sample(fc.array(step, { minLength: 2, maxLength: 3 }), {
    numRuns: 60,
    seed: 20_26
  })
  const task: Task = { home: join(program.folder, 'store'), builds }
  const { effects, error } = (await program.ask(task)) as Answer
  expect(error).toBeUndefined()
  expect(effects).toHaveLength(builds.length)
  for (const { seen, applied, unpacked } of effects ?? []) {
    expect(applied).toEqual(seen)
    expect(unpacked[1]).toEqual(unpacked[0])
  }
  const settled = (effects ?? []).filter(({ last }) => last.inPlace !== undefined)
  for (const { last } of settled) expect(last.inPlace).toEqual(last.blob)
  expect(settled.length).toBeGreaterThan(5)
  // Not all of them came to nothing.
  expect(new Set(effects?.map(({ seen }) => seen.join('\n'))).size).toBeGreaterThan(40)
}, 300_000)
