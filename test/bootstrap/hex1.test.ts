import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOutcome, observe } from './against-model.js'
import { withChain } from './chain.js'
import { runsI386 } from './steps.js'
import { anyCharacter, bytes, hex0Piece, inputs } from './input.js'
import { hex1 } from './model/hex1.js'

const name = fc.constantFrom('a', 'b', ':', '%', '#', '1', 'é')
const hex1Piece = fc.oneof(
  { weight: 4, arbitrary: hex0Piece },
  name.map((label) => `%${label}`),
  name.map((label) => `:${label}`)
)

describe.skipIf(!runsI386())('hex1', () => {
  it('does what its model does, with good and with spoiled input', async () => {
    await withChain((folder) => {
      fc.assert(
        fc.property(inputs(hex1Piece, anyCharacter), (input) => {
          const model = hex1(input)
          const silent = model.output === undefined ? { failure: '' } : model
          expectOutcome(observe(folder, 'hex1', input), silent)
        }),
        { numRuns: 400 }
      )
    })
  })

  it('counts a distance from the end of its four bytes', async () => {
    await withChain((folder) => {
      const jumps = observe(folder, 'hex1', bytes(':a %a %b 90 :b'))
      expect(jumps.output?.toString('hex')).toBe('fcffffff' + '01000000' + '90')
    })
  })

  it('refuses an input of 1 MiB and takes one of a byte less', async () => {
    await withChain((folder) => {
      const input = Buffer.alloc(1 << 20, '%a')
      input.write(':a')
      const shorter = observe(folder, 'hex1', input.subarray(0, -2))
      expect(shorter.output?.length).toBe(((1 << 20) - 4) * 2)
      expect(observe(folder, 'hex1', input)).toMatchObject({ status: 1, output: undefined })
    })
  })
})
