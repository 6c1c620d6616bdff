import { digitValue } from './digit.js'
import { outcomeOf, Stop, type Outcome } from './outcome.js'

/** What hex0 does: comments and white space away, the rest must be pairs of digits. */
export function hex0(input: Uint8Array): Outcome {
  return outcomeOf(() => {
    const text = Buffer.from(input).toString('latin1')
    const bare = text.replaceAll(/[#;][^\n]*/g, '').replaceAll(/[\u0000-\u0020]/g, '')
    const digits = Buffer.from(bare, 'latin1')
    if (digits.some((byte) => digitValue(byte) === undefined)) throw new Stop('not a digit')
    if (digits.length % 2 === 1) throw new Stop('half a byte')
    return Buffer.from(bare, 'hex')
  })
}
