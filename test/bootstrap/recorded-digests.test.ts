import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { digestFile, readDigestFile } from '../../src/tree/digest-file.js'
import { loadTree } from '../../src/tree/load-tree.js'
import { repository } from '../house/repository.js'
import { bootstrapHome, buildBootstrapImages } from '../world/bootstrap-images.js'
import { runsI386 } from './steps.js'

/**
 * The images up to TinyCC's fixpoint are built here, in seconds. The others take an hour, so they are looked up
 * where they may have been built before: in the store of these tests, and in that of whoever runs them.
 */
const built = runsI386() ? buildBootstrapImages('bootstrap-tcc') : { missing: 'no 32-bit programs' }
const tree = await loadTree(repository)
const stages = readdirSync(join(repository, 'digests')).map((file) => basename(file, '.txt'))
const recorded = stages.flatMap((stage) => [...readDigestFile(digestFile(repository, stage))])
const images = [...tree.images.values()].filter((image) => stages.includes(image.package.stage))
const known = [...digestsIn('--home', bootstrapHome), ...digestsIn()]

afterAll(() => {
  if (built.missing === undefined) rmSync(built.out, { recursive: true })
})

/** The images that a store has, as they are defined now. */
function digestsIn(...options: readonly string[]): { image: string; hex: string }[] {
  const names = images.map(({ name }) => name)
  const words = [...options, '--root', repository, '--json', 'digests', ...names]
  const { stdout } = spawnSync(join(repository, 'stagex'), words, { encoding: 'utf8' })
  return (JSON.parse(stdout) as { digests: { image: string; hex: string }[] }).digests
}

describe('the recorded digests', () => {
  it('are those of all images of their stages, and of no others', () => {
    const names = recorded.map(([name]) => name)
    expect(names.sort()).toEqual(images.map(({ name }) => name).sort())
  })

  it.skipIf(built.missing !== undefined)('reach to the fixpoint of TinyCC', () => {
    const found = known.map(({ image }) => image)
    expect(found).toEqual(expect.arrayContaining(['bootstrap-stage0', 'bootstrap-tcc']))
  })

  it.for(recorded)('%s is what was built', ([name, hex], { skip }) => {
    const found = known.filter(({ image }) => image === name)
    skip(found.length === 0, 'it is in no store')
    for (const digest of found) expect(digest.hex).toBe(hex)
  })
})
