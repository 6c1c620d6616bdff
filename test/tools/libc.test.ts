import fc from 'fast-check'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostProgram, toolchains } from './toolchain.js'
import { inFolder, run } from './workplace.js'

const programs = join(import.meta.dirname, 'programs')
const conversions = join(programs, 'conversions.c')
const library = join(programs, 'library.c')

/** Numbers at the edges of every type, and others of any size. */
const integer = fc
  .oneof(
    fc.constantFrom(0n, 1n, -1n, 127n, -128n, 255n, 32768n, 2n ** 31n, -(2n ** 31n), 2n ** 32n),
    fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.tuple(fc.nat(63), fc.boolean()).map(([bits, minus]) => (minus ? -1n : 1n) << BigInt(bits))
  )
  .map(String)

/** The bits of doubles: of any exponent, near powers of two, whole, short in decimal, subnormal, odd ones. */
const double = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc
      .tuple(fc.nat(2047), fc.integer({ min: -2, max: 2 }))
      .map(([exponent, off]) => BigInt.asUintN(64, (BigInt(exponent) << 52n) + BigInt(off))),
    fc.integer({ min: -100_000, max: 100_000 }).map((n) => bitsOf(n)),
    fc
      .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.nat(12))
      .map(([n, e]) => bitsOf(n / 10 ** e)),
    fc.double().map(bitsOf),
    fc.constantFrom(0n, 1n << 63n, 1n, 0x7ff0n << 48n, 0xfff0n << 48n)
  )
  .map((bits) => bits.toString(16))

function bitsOf(value: number): bigint {
  return new DataView(new Float64Array([value]).buffer).getBigUint64(0, true)
}

const flags = fc.uniqueArray(fc.constantFrom('-', '+', ' ', '#', '0')).map((all) => all.join(''))
const width = fc.oneof(fc.constant(''), fc.nat(30).map(String))
const precision = fc.oneof(
  fc.constant(''),
  fc.constant('.'),
  fc.nat(25).map((n) => `.${n}`)
)

/** A directive between two words; `#` only where it means something. */
function directive(lengths: string, letters: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      flags,
      width,
      precision,
      pick(lengths.split(' ')),
      fc.nat(letters.length - 1).map((at) => letters.charAt(at))
    )
    .map(([flag, w, p, length, letter]) => {
      const meant = 'oxXeEfFgG'.includes(letter) ? flag : flag.replace('#', '')
      return `a%${letter === 'c' ? meant.replace('0', '') : meant}${w}${letter === 'c' ? '' : p}${length}${letter}b%%`
    })
}

function pick<T>(choices: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...choices)
}

const word = fc.stringMatching(/^[ -~]{0,12}$/)

const printf = fc.oneof(
  fc.tuple(fc.constant('i'), directive(' hh h l z t', 'diouxX'), integer),
  fc.tuple(fc.constant('l'), directive('ll j', 'diouxX'), integer),
  fc.tuple(fc.constant('f'), directive(' l', 'eEfFgG'), double),
  fc.tuple(
    fc.constant('s'),
    directive('', 's').map((text) => text.replace(/[+ 0#]/g, '')),
    word
  ),
  fc.tuple(fc.constant('i'), directive('', 'c'), fc.integer({ min: 33, max: 126 }).map(String)),
  fc.tuple(
    fc.constant('*'),
    pick(['%*.*f', '%-*.*g', '%0*.*e']),
    fc
      .tuple(fc.integer({ min: -9, max: 20 }), fc.integer({ min: -3, max: 12 }))
      .map((n) => n.join('\t'))
  )
)

const digits = fc.stringMatching(/^[0-9]{0,25}$/)
const decimal = fc.oneof(
  fc
    .tuple(
      pick(['', '-', '+', ' ', '  -']),
      digits,
      pick(['', '.']),
      digits,
      exponent(),
      pick(['', 'x', ' 1'])
    )
    .map((parts) => parts.join('')),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  // Halfway between two doubles, and next to it: the hardest to round.
  fc
    .bigInt({ min: 2n ** 53n, max: 2n ** 54n - 1n })
    .chain((mantissa) =>
      fc
        .tuple(fc.nat(900), fc.constantFrom(0n, 1n, -1n))
        .map(([power, off]) => String(((mantissa | 1n) << BigInt(power)) + off))
    )
)

function exponent(): fc.Arbitrary<string> {
  const value = fc.oneof(fc.integer({ min: -345, max: 320 }), fc.integer({ min: -5100, max: 5100 }))
  return fc.oneof(
    fc.constantFrom('', 'e', 'e+', 'E-x', 'e99999999999', 'e-99999999999'),
    value.map((n) => `e${n}`)
  )
}

const integerText = fc
  .tuple(
    pick(['', ' ', '\v ']),
    pick(['', '-', '+', '--']),
    pick(['', '0', '0x', '0X']),
    fc.oneof(digits, fc.stringMatching(/^[0-9a-zA-Z]{0,14}$/), integer),
    pick(['', ' ', 'g'])
  )
  .map((parts) => parts.join(''))
const base = fc.oneof(pick([0, 0, 10, 16, 8, 2]), fc.integer({ min: 2, max: 36 })).map(String)

/** Numbers and what may stand between them; glibc alone takes a bare 0x for the number 0. */
const numbers = fc
  .stringMatching(/^[v]?[0-9 x,.%-]{0,14}$/)
  .filter((text) => !/x(?![0-9])/.test(text))

const scanned = fc.oneof(
  fc.tuple(
    fc.constant('N'),
    pick([
      ...['%d %d %d', '%i,%i,%i', '%3d%2u%x', ' %x %o %n', '%d%*d%d'],
      ...['%d.%d.%d', 'v%d', '%*2d%d%%%d']
    ]),
    numbers
  ),
  fc.tuple(fc.constant('M'), pick(['%lld %hhd %hd', '%llx,%hhx', '%lli%hhi%hx']), numbers)
)

const questions = fc.oneof(
  printf,
  decimal.map((text) => ['D', text]),
  fc.tuple(fc.constant('L'), base, integerText),
  scanned
)

for (const toolchain of toolchains()) {
  describe.skipIf(toolchain.missing !== undefined)(`the C library by ${toolchain.name}`, () => {
    it('formats and reads numbers as the machine’s own does', () => {
      const property = fc.property(fc.integer(), (seed) => {
        const all = fc.sample(questions, { seed, numRuns: 700 })
        const input = all.map((fields) => `${fields.join('\t')}\n`).join('')
        const ours = linesOf(run(toolchain.program(conversions), [], { input }).stdout)
        const theirs = linesOf(run(hostProgram(conversions), [], { input }).stdout)
        const different = all
          .map((fields, i) => ({ question: fields.join('|'), ours: ours[i], theirs: theirs[i] }))
          .filter((answer) => answer.ours !== answer.theirs)
        expect(different.slice(0, 20)).toEqual([])
      })
      fc.assert(property, { numRuns: 6, endOnFailure: true })
    })

    it('sorts, allocates, jumps, reads, writes and calls the system as the machine’s own does', () => {
      const outcome = (program: string): ReturnType<typeof run> =>
        inFolder((folder) => {
          const options = { cwd: folder, env: { ANSWER: 'of the environment' } }
          return run(program, ['two', 'arguments'], options)
        })
      const ours = outcome(toolchain.program(library))
      const theirs = outcome(hostProgram(library))
      expect(ours.stderr).toBe('')
      expect(linesOf(ours.stdout)).toEqual(linesOf(theirs.stdout))
      expect(ours.status).toBe(42)
    })
  })
}

function linesOf(output: Buffer): readonly string[] {
  return output.toString('latin1').split('\n')
}
