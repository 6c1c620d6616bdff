import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closingLine, emptyTally, sumOf, tallyOf } from '../../../src/cli/self-test/tally.js'

const file = (status: string, ...tests: string[]): object => ({
  status,
  assertionResults: tests.map((each) => ({ status: each }))
})

const report = (...files: object[]): string => JSON.stringify({ testResults: files })

describe('the tally of a vitest report', () => {
  it('counts tests by how they ended', () => {
    const text = report(file('passed', 'passed', 'passed', 'skipped', 'todo', 'pending'))
    expect(tallyOf(text)).toEqual({ passed: 2, failed: 0, skipped: 3 })
  })

  it('adds up files', () => {
    const text = report(file('passed', 'passed'), file('failed', 'failed', 'passed'))
    expect(tallyOf(text)).toEqual({ passed: 2, failed: 1, skipped: 0 })
  })

  it('counts a file that did not load as a failure', () => {
    expect(tallyOf(report(file('failed')))).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it.each(['', '{', '{}', '{"testResults": 3}'])('refuses %j, which is no report', (text) => {
    expect(() => tallyOf(text)).toThrow()
  })
})

describe('the closing line', () => {
  it.each([
    [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
    [{ passed: 0, failed: 3, skipped: 0 }, '0 passed, 3 failed'],
    [{ passed: 1, failed: 2, skipped: 3 }, '1 passed, 2 failed, 3 skipped']
  ])('of %j is %j', (tally, line) => {
    expect(closingLine(tally)).toBe(line)
  })
})

describe('a sum of tallies', () => {
  const tally = fc.record({ passed: fc.nat(999), failed: fc.nat(999), skipped: fc.nat(999) })

  it('loses no test, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(tally), (tallies) => {
        const count = ({ passed, failed, skipped }: typeof emptyTally): number =>
          passed + failed + skipped
        expect(count(sumOf(tallies))).toBe(tallies.map(count).reduce((a, b) => a + b, 0))
        expect(sumOf([...tallies].reverse())).toEqual(sumOf(tallies))
      })
    )
  })

  it('of none is none', () => {
    expect(sumOf([])).toEqual(emptyTally)
  })
})
