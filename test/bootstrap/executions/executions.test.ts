import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ImageRequest } from '../../../src/build/plan/image-request.js'
import { planBuild } from '../../../src/build/plan/plan.js'
import {
  decodeContainerfile,
  parseContainerfile
} from '../../../src/containerfile/containerfile.js'
import { loadTree } from '../../../src/tree/load-tree.js'
import { resolveNames } from '../../../src/tree/resolve-names.js'
import { repository } from '../../house/repository.js'
import { SmallTree } from '../../world/small-tree.js'
import { runsI386, stage0Folder } from '../steps.js'
import { type Judgement, judge } from './judge.js'
import { originsOf } from './origins.js'
import { compileWitness, witness } from './witnessed.js'

/**
 * What is built and watched, with all that it is built from: `STAGEX_WATCHED=bootstrap` is the whole chain,
 * which takes as long as it takes.
 */
const watched = process.env['STAGEX_WATCHED'] ?? 'bootstrap-tcc user-hello'

const program = runsI386() ? compileWitness() : undefined
const tree = await loadTree(repository)
const names = resolveNames(tree, watched.split(' ')).images.map(({ name }) => name)
const { requests } = planBuild(tree, names)
const stagex = join(repository, 'stagex')
const isFetched = spawnSync(stagex, ['--root', repository, 'fetch', ...names]).status === 0
const seed = createHash('sha256').update(readFileSync(join(stage0Folder, 'hex0-seed')))
const seedDigest = seed.digest('hex')

const place = mkdtempSync(join(tmpdir(), 'stagex-watched-'))

/** Where the images are built: a store that is kept, whose images need not be watched again, or a fresh one. */
const keptHome = process.env['STAGEX_WATCHED_HOME']
const home = keptHome ?? join(place, 'home')

afterAll(() => {
  rmSync(place, { recursive: true, force: true })
})

/** Builds one image in a store where what it is built from was built before it. */
async function watchBuild(request: ImageRequest): Promise<Judgement> {
  const out = join(place, 'out')
  const words = ['--home', home, '--root', repository, 'build', '--progress=quiet']
  const command = [stagex, ...words, '--out', out, request.name]
  const events = witness(program ?? '', join(place, 'log'), command)
  const isFirst = request.name === 'bootstrap-stage0'
  return judge(events, await originsOf(request, out), isFirst ? seedDigest : undefined)
}

/** Whether anything is executed to make an image; some only put others together. */
function executes({ containerfile }: ImageRequest): boolean {
  const text = decodeContainerfile(readFileSync(containerfile), containerfile)
  const { stages } = parseContainerfile(text, containerfile)
  return stages.some(({ instructions }) => instructions.some(({ kind }) => kind === 'run'))
}

describe.skipIf(program === undefined || !isFetched)('a build that is watched', () => {
  it.for(requests)(
    '$name executes nothing but what was made before',
    { timeout: 3 * 3_600_000 },
    async (request, { skip }) => {
      const { objections, sandboxes, executed } = await watchBuild(request)
      const isExpected = executes(request)
      skip(keptHome !== undefined && isExpected && sandboxes === 0, 'it is in the store already')
      expect(objections).toEqual([])
      expect(sandboxes > 0).toBe(isExpected)
      expect(executed.seed).toBe(request.name === 'bootstrap-stage0' ? 1 : 0)
      expect(executed.earlier + executed.made + executed.seed > 0).toBe(isExpected)
    }
  )
})

describe.skipIf(program === undefined)('a package that brings a program along', () => {
  it('is noticed', async () => {
    const small = new SmallTree()
    const run = 'RUN --network=none ["/hex0-seed", "/text", "/made"]\n'
    small.add('bringer', `FROM scratch\nCOPY hex0-seed text /\n${run}`, { text: '48 49\n' })
    const [request] = planBuild(await loadTree(small.root), ['user-bringer']).requests
    if (request === undefined) throw new Error('no package')
    const words = ['--home', small.home, '--root', small.root, 'build', 'user-bringer']
    const events = witness(program ?? '', join(place, 'bringer.log'), [stagex, ...words])
    const { objections } = judge(events, await originsOf(request, join(small.root, 'out')))
    expect(objections).toHaveLength(1)
    expect(objections[0]).toMatch(/^\/hex0-seed was brought along/)
  })
})
