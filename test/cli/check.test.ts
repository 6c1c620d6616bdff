import { describe, expect, it } from 'vitest'
import { checkCommand } from '../../src/cli/check.js'
import { SampleTree } from './sample-tree.js'

const tree = new SampleTree().add('core-good').add('core-bad', [], 'license = "None Of Them"\n')
tree.write('packages/user/worse/package.toml', 'no toml\n')
tree.write('packages/user/worse/Containerfile', 'FROM scratch\n')

describe('stagex check', () => {
  it('prints a line for each finding, then their number, and ends with 1', async () => {
    const { status, out } = await tree.run(checkCommand, [])
    expect(status).toBe(1)
    expect(out.split('\n').map((line) => line.replace(/: .*\[/, ' ['))).toEqual([
      'packages/core/bad/package.toml:5:11 [unknown-license]',
      'packages/user/worse/package.toml:1:4 [broken-package]',
      '2 findings in 2 packages',
      ''
    ])
  })

  it('prints nothing and ends with 0 where all is well', async () => {
    expect(await tree.run(checkCommand, ['good'])).toEqual({ status: 0, out: '', err: '' })
  })

  it('looks at a package that cannot be loaded, when it is named', async () => {
    const { status, out } = await tree.run(checkCommand, ['worse'])
    expect({ status, rule: /\[(.*)\]/.exec(out)?.[1] }).toEqual({
      status: 1,
      rule: 'broken-package'
    })
  })

  it('asks about a platform whose name nobody knows, and offers the one that was meant', async () => {
    const odd = new SampleTree()
    odd.add('core-odd', [], 'platforms = ["linux/386", "linux/amd65", "linux/aarch64"]\n')
    const { status, out } = await odd.run(checkCommand, [])
    expect(status).toBe(1)
    const lines = out.split('\n').filter((line) => line.includes('[unknown-platform]'))
    expect(lines).toEqual([
      expect.stringMatching(
        /^packages\/core\/odd\/package\.toml:5:27: .*did you mean `linux\/amd64`/
      ),
      expect.stringMatching(
        /^packages\/core\/odd\/package\.toml:5:42: .*did you mean `linux\/arm64`/
      )
    ])
  })

  it('asks only the rules that are wanted', async () => {
    const only = await tree.run(checkCommand, ['--rule', 'broken-package'])
    expect(only.out).not.toContain('unknown-license')
    const except = await tree.run(checkCommand, ['--except', 'broken-package', '--json'])
    const { findings } = JSON.parse(except.out) as { findings: { rule: string }[] }
    expect(findings.map(({ rule }) => rule)).toEqual(['unknown-license'])
  })

  it('refuses a rule that there is not', async () => {
    const { status, err } = await tree.run(checkCommand, ['--rule', 'broken-pakage'])
    expect(status).toBe(2)
    expect(err).toContain('broken-package')
  })

  it('writes SARIF', async () => {
    const { status, out } = await tree.run(checkCommand, ['--format', 'sarif'])
    expect({ status, ...(JSON.parse(out) as object) }).toMatchObject({
      status: 1,
      version: '2.1.0'
    })
  })

  it('lists the rules', async () => {
    const { status, out } = await tree.run(checkCommand, ['--rules'])
    expect(status).toBe(0)
    expect(out).toContain('single-mirror')
  })
})
