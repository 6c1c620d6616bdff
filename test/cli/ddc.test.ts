import { describe, expect, it } from 'vitest'
import { renderCheck, renderDiverse } from '../../src/cli/ddc/report.js'
import { ddcCommand } from '../../src/cli/ddc.js'
import type { Paint } from '../../src/cli/paint.js'
import { sha256 } from '../../src/oci/digest.js'
import { SampleTree } from './sample-tree.js'

const tree = new SampleTree().add('user-app')
const plain = new Proxy({}, { get: () => (text: string) => text }) as Paint

describe('stagex ddc', () => {
  it.each([
    ['a chain that there is not', ['musl']],
    ['two chains', ['tcc', 'tcc']],
    ['another compiler', ['tcc', '--from', 'icc']],
    ['a record of one compiler', ['tcc', '--from', 'gcc', '--write']],
    ['writing and checking at once', ['tcc', '--write', '--check']]
  ])('refuses %s', async (_, words) => {
    const { status, err } = await tree.run(ddcCommand, words)
    expect(status).toBe(2)
    expect(err).toContain('[cli/bad-usage]')
  })

  it('says that a tree has no such chain', async () => {
    const { status, err } = await tree.run(ddcCommand, ['tcc'])
    expect(status).toBe(2)
    expect(err).toContain('[diverse/no-package]')
  })

  it('says that nothing is recorded', async () => {
    const { status, err } = await tree.run(ddcCommand, ['--check'])
    expect(status).toBe(1)
    expect(err).toContain('[diverse/no-record]')
  })

  it('shows the first difference, and whose results differ', () => {
    const [one, other] = [sha256('one'), sha256('other')]
    const text = renderDiverse(
      {
        chain: 'tcc',
        starts: [{ from: 'seed' }, { from: 'gcc', version: 'gcc 12' }],
        results: [{ name: 'tcc', identical: false, digests: { seed: one, gcc: other } }],
        difference: { name: 'tcc', between: ['seed', 'gcc'], offset: 7, found: ['00', '01'] }
      },
      plain
    )
    expect(text).toContain('differs: tcc\n')
    expect(text).toContain('tcc, byte 7\n  from seed: 00\n  from gcc: 01\n')
    expect(text).not.toContain('identical')
  })

  it('shows what does not hold in a record', () => {
    const mismatch = { kind: 'result', name: 'tcc', expected: 'aa', found: 'bb' } as const
    const report = { chain: 'tcc', record: 'r.json', starts: [], results: [] }
    expect(renderCheck({ ...report, mismatches: [] }, plain)).toContain('holds')
    const text = renderCheck({ ...report, mismatches: [mismatch] }, plain)
    expect(text).toContain(
      'does not hold: r.json\n  result tcc\n    expected aa\n    found    bb\n'
    )
  })
})
