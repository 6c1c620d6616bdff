import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOutcome, observe } from './against-model.js'
import { withChain } from './chain.js'
import { runsI386 } from './steps.js'
import { anyCharacter, bytes, hex0Piece, inputs } from './input.js'
import { hex2 } from './model/hex2.js'
import { childrenCpuMilliseconds } from '../world/cpu-time.js'

const name = fc.constantFrom('a', 'b', 'long_name', 'a:b', '%', 'é')
const from = fc.oneof(
  fc.constant(''),
  name.map((label) => `>${label}`)
)
const reference = fc
  .tuple(fc.constantFrom('!', '@', '%', '$', '&'), name, from, fc.constantFrom(' ', '\n'))
  .map((parts) => parts.join(''))
const gap = fc.nat({ max: 300 }).map((size) => '00'.repeat(size))
const hex2Piece = fc.oneof(
  { weight: 4, arbitrary: hex0Piece },
  { weight: 2, arbitrary: reference },
  gap,
  name.map((label) => `:${label}\n`)
)

describe.skipIf(!runsI386())('hex2', () => {
  it('does what its model does, with good and with spoiled input', async () => {
    await withChain((folder) => {
      fc.assert(
        fc.property(inputs(hex2Piece, anyCharacter), (input) => {
          expectOutcome(observe(folder, 'hex2', input), hex2(input))
        }),
        { numRuns: 500 }
      )
    })
  })

  it.each([
    ['!', 128, 'out of reach'],
    ['!', 127, undefined],
    ['@', 32768, 'out of reach'],
    ['@', 32767, undefined]
  ])('knows how far %s reaches: %i', async (sign, distance, failure) => {
    await withChain((folder) => {
      const input = bytes(`${sign}there ${'00'.repeat(distance)} :there`)
      const { status, stderr } = observe(folder, 'hex2', input)
      if (failure === undefined) expect(status).toBe(0)
      else expect(stderr).toBe(`hex2: line 1: ${failure}: there\n`)
    })
  })

  it('finds each of 200,000 labels within two seconds', async () => {
    await withChain((folder) => {
      const labels = Array.from(
        { length: 200_000 },
        (_, index) => `:label_${index}\n&label_${index}\n`
      )
      const start = childrenCpuMilliseconds()
      const { output } = observe(folder, 'hex2', bytes(labels.join('')))
      expect(childrenCpuMilliseconds() - start).toBeLessThan(2000)
      expect(output?.readUInt32LE(4 * 199_999)).toBe(0x08048000 + 4 * 199_999)
    })
  })
})
