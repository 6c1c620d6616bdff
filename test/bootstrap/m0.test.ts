import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOutcome, observe } from './against-model.js'
import { withChain } from './chain.js'
import { runsI386 } from './steps.js'
import { anyCharacter, bytes, inputs } from './input.js'
import { m0 } from './model/m0.js'
import { childrenCpuMilliseconds } from '../world/cpu-time.js'

const name = fc.constantFrom('add', 'mov_eax,', 'x', 'DEFINE', '0f', 'a#b')
const number = fc
  .tuple(
    fc.constantFrom('!', '@', '$', '~', '%', '&'),
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.nat({ max: 300 }).map(String),
      fc.bigInt({ min: 0n, max: 1n << 33n }).map(String),
      fc.bigInt({ min: 0n, max: 1n << 33n }).map((value) => `0x${value.toString(16)}`),
      fc.constantFrom('127', '128', '129', '255', '256', '65535', '65536', '2147483648'),
      fc.constantFrom('', '0x', 'label', 'to>from', '12x', '0xag', '4294967295f')
    )
  )
  .map((parts) => parts.join(''))
const quoted = fc
  .tuple(fc.constantFrom('"', "'"), fc.stringMatching(/^[ !#-&(-~]{0,8}$/))
  .map(([quote, text]) => quote + text + quote)
const definition = fc
  .tuple(name, fc.oneof(fc.constantFrom('90', 'CD80', "'31 C0'", "''")))
  .map(([word, value]) => `DEFINE ${word} ${value}`)
const m0Piece = fc
  .tuple(
    fc.oneof(
      name,
      { weight: 3, arbitrary: number },
      quoted,
      { weight: 2, arbitrary: definition },
      fc.constantFrom(':here', '# DEFINE "', '; x', '"two\nlines"', '')
    ),
    fc.constantFrom('\n', '\n', ' ', '\t')
  )
  .map((parts) => parts.join(''))
const spoiler = fc.oneof(anyCharacter, fc.constantFrom('"', "'", 'DEFINE ', '~a', "DEFINE a '"))

describe.skipIf(!runsI386())('M0', () => {
  it('does what its model does, with good and with spoiled input', async () => {
    await withChain((folder) => {
      fc.assert(
        fc.property(inputs(m0Piece, spoiler), (input) => {
          expectOutcome(observe(folder, 'M0', input), m0(input))
        }),
        { numRuns: 600 }
      )
    })
  })

  it('does what its model does with each number alone', async () => {
    await withChain((folder) => {
      fc.assert(
        fc.property(number, (word) => {
          expectOutcome(observe(folder, 'M0', bytes(word)), m0(bytes(word)))
        }),
        { numRuns: 300 }
      )
    })
  })

  it('keeps the lines of its input, so that hex2 names the right one', async () => {
    await withChain((folder) => {
      const input = bytes('DEFINE a 90\n"x\ny" # comment\n\na\n%absent\n')
      const { output } = observe(folder, 'M0', input)
      const { stderr } = observe(folder, 'hex2', output ?? bytes(''))
      expect(stderr).toBe('hex2: line 6: not placed anywhere: absent\n')
    })
  })

  it('assembles 500,000 words of 5,000 macros within two seconds', async () => {
    await withChain((folder) => {
      const names = Array.from({ length: 5000 }, (_, index) => `macro_${index}`)
      const definitions = names.map((word) => `DEFINE ${word} 90`).join('\n')
      const uses = names.join('\n').concat('\n').repeat(100)
      const start = childrenCpuMilliseconds()
      const { output } = observe(folder, 'M0', bytes(`${definitions}\n${uses}`))
      expect(childrenCpuMilliseconds() - start).toBeLessThan(2000)
      expect(output?.length).toBe(5000 + 4 * 500_000)
    })
  })
})
