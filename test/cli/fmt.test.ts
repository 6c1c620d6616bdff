import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fmtCommand } from '../../src/cli/fmt.js'
import { SampleTree } from './sample-tree.js'

const untidy = "[package]\nversion = '1'\nname = 'a'\n"
const tidy = '[package]\nname = "a"\nversion = "1"\n'

function sample(text: string): { tree: SampleTree; file: string } {
  const tree = new SampleTree().add('core-a').add('core-b')
  tree.write('packages/core/a/package.toml', text)
  return { tree, file: join(tree.root, 'packages/core/a/package.toml') }
}

describe('stagex fmt', () => {
  it('rewrites what is not in order, names it, and has nothing to do the next time', async () => {
    const { tree, file } = sample(untidy)
    const out = 'packages/core/a/package.toml\n'
    expect(await tree.run(fmtCommand, [])).toEqual({ status: 0, out, err: '' })
    expect(readFileSync(file, 'utf8')).toBe(tidy)
    expect(await tree.run(fmtCommand, [])).toEqual({ status: 0, out: '', err: '' })
  })

  it('only tells, with --check, and ends with 1', async () => {
    const { tree, file } = sample(untidy)
    const { status, out } = await tree.run(fmtCommand, ['--check'])
    expect({ status, out }).toEqual({ status: 1, out: 'packages/core/a/package.toml\n' })
    expect(readFileSync(file, 'utf8')).toBe(untidy)
  })

  it('does not touch files that are in order', async () => {
    const { tree, file } = sample(tidy)
    const before = statSync(file).ino
    expect((await tree.run(fmtCommand, [])).status).toBe(0)
    expect(statSync(file).ino).toBe(before)
  })

  it('leaves a file alone that is no TOML, and says so', async () => {
    const { tree, file } = sample('[package\n')
    const { status, err } = await tree.run(fmtCommand, ['a'])
    expect(status).toBe(1)
    expect(err).toContain('packages/core/a/package.toml')
    expect(readFileSync(file, 'utf8')).toBe('[package\n')
  })

  it('looks at the packages that are named', async () => {
    const { tree } = sample(untidy)
    expect(await tree.run(fmtCommand, ['core-b'])).toEqual({ status: 0, out: '', err: '' })
  })
})
