import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Slots } from '../../src/build/plan/slots.js'

describe('places for work', () => {
  it.each([1, 2, 5])(
    'holds %i at a time, and does everything in the order of the calls',
    async (count) => {
      const slots = new Slots(count)
      const begun: number[] = []
      let running = 0
      let most = 0
      const work = async (index: number): Promise<number> => {
        begun.push(index)
        most = Math.max(most, ++running)
        for (let turn = 0; turn <= index % 3; turn++) await setImmediate()
        running -= 1
        return index
      }
      const items = Array.from({ length: 12 }, (_, index) => index)
      const results = await Promise.all(items.map((index) => slots.take(() => work(index))))
      expect(results).toEqual(items)
      expect(begun).toEqual(items)
      expect(most).toBe(count)
    }
  )

  it('gets its place back from work that fails', async () => {
    const slots = new Slots(1)
    await expect(slots.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(slots.take(() => Promise.resolve('yes'))).resolves.toBe('yes')
  })
})
