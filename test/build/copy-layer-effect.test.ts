import { build } from 'esbuild'
import fc from 'fast-check'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNamespace } from '../../src/build/namespace/enter.js'
import type { Action, Effect, Task } from './copy/layer-effect.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-effect-'))
const program = join(folder, 'program.js')
const remove = join(folder, 'remove.js')

beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const files = [
    [join(import.meta.dirname, 'copy/layer-effect.ts'), program],
    [join(import.meta.dirname, '../../src/build/worker/remove-script.ts'), remove]
  ] as const
  for (const [entry, outfile] of files) {
    await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node' })
  }
})

afterAll(() => tell(remove, folder).catch(() => undefined))

interface Answer {
  readonly effects?: readonly Effect[]
  readonly error?: string
}

/** Starts a program in a user namespace, tells it what to do, and waits for what it answers. */
async function tell(script: string, task: Task | string): Promise<Answer> {
  const child = await enterNamespace(script, 'own')
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as Answer)
    })
    child.once('error', reject)
    child.once('exit', () => {
      reject(new Error('the program ended without an answer'))
    })
    child.send(task)
  })
}

const name = fc.constantFrom('a', 'b', 'c')
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('folder' as const), path }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      path,
      text: fc.constantFrom('', 'x', 'y'),
      time: fc.constantFrom(0, 0.5, 1, 1_000_000_000)
    })
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), path, to: path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('symlink' as const), path, to: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const), path, to: path }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mode' as const),
      path,
      mode: fc.constantFrom(0o755, 0o700, 0o4711)
    })
  }
)

test('laying the layers over each other gives the tree that the build saw', async () => {
  const step = fc.array(action, { minLength: 1, maxLength: 12 })
  const builds = fc.sample(fc.array(step, { minLength: 2, maxLength: 3 }), {
    numRuns: 60,
    seed: 20_26
  })
  const { effects, error } = await tell(program, { home: join(folder, 'store'), builds })
  expect(error).toBeUndefined()
  expect(effects).toHaveLength(builds.length)
  for (const { seen, applied } of effects ?? []) expect(applied).toEqual(seen)
  // Not all of them came to nothing.
  expect(new Set(effects?.map(({ seen }) => seen.join('\n'))).size).toBeGreaterThan(40)
}, 120_000)
