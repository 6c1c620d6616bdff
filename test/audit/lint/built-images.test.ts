import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/audit/lint/finding.js'
import { buildPath } from '../../../src/audit/lint/rules/build-path.js'
import { setuidFile } from '../../../src/audit/lint/rules/setuid-file.js'
import { worldWritableFile } from '../../../src/audit/lint/rules/world-writable-file.js'
import { SmallTree } from '../../world/small-tree.js'

const tree = new SmallTree()
const rules = [setuidFile, worldWritableFile, buildPath]

/** What `stagex check` finds in a package. */
async function check(name: string, ...options: readonly string[]): Promise<Finding[]> {
  const { stdout } = await tree.run('--json', 'check', ...options, name)
  return (JSON.parse(stdout) as { findings: Finding[] }).findings
}

describe('rules about images, asked of images that were built', () => {
  beforeAll(async () => {
    for (const { name, bad, good } of rules) {
      tree.add(`${name}-bad`, bad.Containerfile ?? '')
      tree.add(`${name}-good`, good.Containerfile ?? '')
    }
    tree.add('unbuilt', setuidFile.bad.Containerfile ?? '')
    const names = rules.flatMap(({ name }) => [`${name}-bad`, `${name}-good`])
    const built = await tree.build(...names)
    for (const name of names) expect(built.get(`user-${name}`)?.outcome).toBe('built')
  }, 60_000)

  it.each(rules)('find the bad example: $name', async ({ name }) => {
    const [finding, ...others] = await check(`${name}-bad`, '--deep')
    expect(others).toEqual([])
    expect(finding).toMatchObject({ rule: name, image: `user-${name}-bad` })
    expect(finding?.paths).toHaveLength(1)
  })

  it.each(rules)('find nothing in the good example: $name', async ({ name }) => {
    expect(await check(`${name}-good`, '--deep')).toEqual([])
  })

  it('are asked only with --deep, or when they are named', async () => {
    expect(await check('setuid-file-bad')).toEqual([])
    expect(await check('setuid-file-bad', '--rule', 'setuid-file')).toHaveLength(1)
  })

  it('do not know of images that are not built', async () => {
    expect(await check('unbuilt', '--deep')).toEqual([])
  })

  it('are satisfied by a comment that names the path, and not by one that names another', async () => {
    const file = join(tree.root, 'packages/user/setuid-file-bad/Containerfile')
    const text = readFileSync(file, 'utf8')
    const comment = (path: string): string => `# stagex-lint: allow setuid-file ${path} — needed\n`
    writeFileSync(file, comment('/usr/bin/su') + text)
    await tree.build('setuid-file-bad')
    expect(await check('setuid-file-bad', '--deep')).toEqual([])
    writeFileSync(file, comment('/usr/bin/sudo') + text)
    await tree.build('setuid-file-bad')
    const rulesFound = (await check('setuid-file-bad', '--deep')).map(({ rule }) => rule)
    expect(rulesFound).toEqual(['useless-comment', 'setuid-file'])
  })

  it('do not call a comment useless before the image is built', async () => {
    const comment = '# stagex-lint: allow setuid-file — it needs the rights\n'
    tree.add('later', `${comment}FROM scratch AS package\nENV A=b\n`)
    expect(await check('later', '--deep')).toEqual([])
    await tree.build('later')
    expect((await check('later', '--deep')).map(({ rule }) => rule)).toEqual(['useless-comment'])
  })

  it('compare with the recorded digest, also without --deep', async () => {
    await tree.run('digests', '--write', 'build-path-good')
    expect(await check('build-path-good')).toEqual([])
    writeFileSync(join(tree.root, 'digests/user.txt'), `${'0'.repeat(64)} user-build-path-good\n`)
    expect((await check('build-path-good')).map(({ rule }) => rule)).toEqual(['recorded-digest'])
  })
})
