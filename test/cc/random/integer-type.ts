/** The integer types of the random programs, by their names in C. */
export const integerTypes = [
  'char',
  'signed char',
  'unsigned char',
  'short',
  'unsigned short',
  'int',
  'unsigned',
  'long',
  'unsigned long',
  'long long',
  'unsigned long long',
  '_Bool',
  'enum choice'
] as const

/** The types that are computed with: operands of the others are promoted to one of them. */
export const wideTypes = ['int', 'unsigned', 'long long', 'unsigned long long'] as const

/** One more than the largest count by which a value of this type may be shifted. */
export function shiftLimit(type: (typeof wideTypes)[number]): number {
  return type.includes('long long') ? 64 : 32
}
