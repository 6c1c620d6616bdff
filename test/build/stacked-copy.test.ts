import fc from 'fast-check'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case, Outcomes, Task } from './copy/composition.js'
import { NamespaceProgram } from './copy/namespace-program.js'
import { action } from './copy/random-actions.js'

const program = new NamespaceProgram(join(import.meta.dirname, 'copy/composition.ts'))

beforeAll(() => program.open())
afterAll(() => program.close())

interface Answer {
  readonly outcomes?: readonly Outcomes[]
  readonly error?: string
}

let asked = 0

async function outcomesOf(cases: readonly Case[]): Promise<readonly Outcomes[]> {
  const store = join(program.folder, `store-${++asked}`)
  const task: Task = { homes: [`${store}-a`, `${store}-b`], cases }
  const { outcomes, error } = (await program.ask(task)) as Answer
  expect(error).toBeUndefined()
  return outcomes ?? []
}

const step = fc.array(action, { minLength: 1, maxLength: 10 })
const randomCase: fc.Arbitrary<Case> = fc.record({
  below: fc.array(step, { maxLength: 3 }),
  from: fc.array(step, { minLength: 1, maxLength: 3 }),
  after: step,
  link: fc.boolean()
})

const write = (path: string, text = 'x', time = 5) => ({ do: 'write', path, text, time }) as const
const folder = (path: string) => ({ do: 'folder', path }) as const
const remove = (path: string) => ({ do: 'remove', path }) as const
const onto = (below: Case['below'], from: Case['from'], link = false): Case => {
  return { below, from, after: [write('c')], link }
}

describe('a tree that is laid over another', () => {
  it('is what a copy of it would be: to programs, to the layer, and to what comes after', async () => {
    const cases = fc.sample(randomCase, { numRuns: 100, seed: 20_26 })
    const outcomes = await outcomesOf(cases)
    const laid = outcomes.filter(({ stacked }) => stacked !== undefined)
    for (const { stacked, copied } of laid) expect(stacked).toEqual(copied)
    // Not all of them came to nothing.
    expect(laid.length).toBeGreaterThan(40)
    expect(new Set(laid.map(({ stacked }) => stacked?.seen.join('\n'))).size).toBeGreaterThan(30)
  }, 300_000)

  it.each<[string, Case]>([
    ['folders meet', onto([[folder('a'), write('a/b')]], [[folder('a'), write('a/c')]])],
    ['a file takes the place of a file', onto([[write('a', 'x')]], [[write('a', 'y')]])],
    ['a file is there already', onto([[write('a')]], [[write('a')]])],
    ['it removed what is not there', onto([[write('b')]], [[write('a')], [remove('a')]])],
    [
      'a new folder of it meets one that is there',
      onto([[folder('a/b'), write('a/b/c')]], [[folder('a')], [folder('a/b')]])
    ],
    ['it is there already', onto([[write('a')], [write('a', 'y')]], [[write('a')]])],
    ['--link asks for it', onto([[write('a', 'y')]], [[write('a')]], true)]
  ])('is not copied where %s', async (_, each) => {
    const [outcome] = await outcomesOf([each])
    expect(outcome?.stacked).toBeDefined()
    expect(outcome?.stacked).toEqual(outcome?.copied)
  })

  it.each<[string, Case]>([
    ['a file is in the way of a folder', onto([[write('a')]], [[folder('a')]])],
    ['a folder is in the way of a file', onto([[folder('a')]], [[write('a')]])],
    [
      'a link is in the way of a folder',
      onto([[{ do: 'symlink', path: 'a', to: 'b' }]], [[folder('a')]])
    ],
    ['it removed what is there', onto([[write('a')]], [[write('a'), write('b')], [remove('a')]])],
    [
      'it made a folder anew that is there',
      onto(
        [[folder('a'), write('a/b')]],
        [
          [folder('a'), write('a/c')],
          [remove('a'), folder('a')]
        ]
      )
    ],
    ['--link must not hide anything', onto([], [[write('a'), write('b')], [remove('a')]], true)],
    [
      'not all names of a file are left',
      onto([], [[write('a'), { do: 'link', path: 'a', to: 'b' }], [remove('a')]])
    ]
  ])('is copied where %s', async (_, each) => {
    const [outcome] = await outcomesOf([each])
    expect(outcome?.stacked).toBeUndefined()
  })
})
