import { describe, expect, test } from 'vitest'
import { inParallel } from '../../src/base/in-parallel.js'

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('work in parallel', () => {
  test('gives results in the order of the items, however long each takes', async () => {
    const results = await inParallel([5, 1, 3, 2, 4], 3, async (ticks) => {
      for (let left = ticks; left > 0; left--) await tick()
      return ticks * 10
    })
    expect(results).toEqual([50, 10, 30, 20, 40])
  })

  test.each([1, 2, 7])('runs at most %i at a time, and as many', async (limit) => {
    let running = 0
    let most = 0
    await inParallel(Array.from({ length: 20 }), limit, async () => {
      most = Math.max(most, ++running)
      await tick()
      running--
    })
    expect(most).toBe(limit)
  })

  test('begins nothing more after a failure, and ends when what runs has ended', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const work = inParallel([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item)
      if (item === 1) throw new Error('one')
      for (let left = 5; left > 0; left--) await tick()
      ended.push(item)
    })
    await expect(work).rejects.toThrow('one')
    expect(begun).toEqual([0, 1])
    expect(ended).toEqual([0])
  })

  test('is over at once where there is nothing to do', async () => {
    expect(await inParallel([], 4, () => Promise.reject(new Error('never')))).toEqual([])
  })
})
