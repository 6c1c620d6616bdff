import type { Chance } from './chance.js'

const notable = [
  '0',
  '1',
  '2',
  '7',
  '127',
  '128',
  '255',
  '256',
  '32767',
  '65535',
  '65536',
  '2147483647',
  '0x80000000u',
  '4294967295u',
  '0x7fffffffffffffffLL',
  '0x8000000000000000ULL',
  '0x123456789abcdefLL',
  "'a'",
  '(-1)',
  '(-128)',
  '(-2147483647 - 1)',
  'SECOND',
  'FIFTH'
] as const

/** An integer constant: often one at the edge of a type. */
export function constant(chance: Chance): string {
  if (chance.oneIn(2)) return chance.pick(notable)
  const value = chance.below(chance.oneIn(3) ? 1000000 : 20)
  return chance.oneIn(4) ? `(-${value})` : String(value)
}

/** A floating-point constant with few bits, so that sums and products of two are exact. */
export function realConstant(chance: Chance): string {
  const text = `${chance.below(100)}.${chance.pick(['0', '5', '25', '75', '125'])}`
  return text + chance.pick(['', 'f', 'L'])
}
