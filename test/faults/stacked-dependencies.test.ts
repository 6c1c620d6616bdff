import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SmallTree, seedSteps } from '../world/small-tree.js'

/** A tree with an image that is made of two others and a RUN. */
function treeOfThree(): SmallTree {
  const tree = new SmallTree()
  tree.add('greeting', seedSteps)
  tree.add('text', 'FROM scratch\nCOPY text /share/text\n', { text: 'text' })
  const above = ['greeting', 'text'].map((name) => `COPY --from=stagex/user-${name} . /\n`)
  tree.add('above', `FROM scratch\n${above.join('')}COPY more /more\n`, { more: 'more' })
  return tree
}

/** Builds the image again, every blob and every step that was known before forgotten. */
async function rebuild(tree: SmallTree): Promise<string | undefined> {
  for (const folder of ['blobs/sha256', 'records/image']) {
    rmSync(join(tree.home, folder), { recursive: true, force: true })
  }
  const row = (await tree.build('above')).get('user-above')
  expect(row?.outcome).toBe('built')
  return row?.digest
}

function snapshotsOf(tree: SmallTree): string[] {
  const folder = join(tree.home, 'snapshots')
  return readdirSync(folder).map((name) => join(folder, name))
}

const isStack = (snapshot: string): boolean => existsSync(join(snapshot, 'stack'))

describe('a tree made of stacked dependencies', () => {
  let expected: string | undefined

  beforeAll(async () => {
    const tree = treeOfThree()
    expected = await rebuild(tree)
    // The two images, each the snapshot that it was exported from, and the two COPYs.
    expect(snapshotsOf(tree).filter(isStack)).toHaveLength(4)
  })

  it('is made again, with the same digest, where a dependency’s files are gone', async () => {
    const tree = treeOfThree()
    await rebuild(tree)
    for (const part of snapshotsOf(tree).filter((snapshot) => !isStack(snapshot))) {
      rmSync(part, { recursive: true })
      expect(await rebuild(tree), part).toBe(expected)
    }
  })

  it.each(['stack', 'changes', 'boot'])('is made again where a crash emptied %s', async (file) => {
    const tree = treeOfThree()
    await rebuild(tree)
    for (const stack of snapshotsOf(tree).filter(isStack)) {
      writeFileSync(join(stack, 'boot'), 'earlier')
      writeFileSync(join(stack, file), '')
    }
    expect(await rebuild(tree)).toBe(expected)
  })

  it('is made again where a crash left a dependency with other content', async () => {
    const tree = treeOfThree()
    await rebuild(tree)
    for (const part of snapshotsOf(tree)) {
      writeFileSync(join(part, 'boot'), 'earlier')
      const text = join(part, 'fs/share/text')
      if (existsSync(text)) writeFileSync(text, '')
    }
    expect(await rebuild(tree)).toBe(expected)
  })

  it('may have more dependencies than are mounted at once', async () => {
    const count = 310
    const names = Array.from({ length: count }, (_, index) => `part${index}`)
    const stages = names.map((name) => `FROM scratch AS ${name}\nCOPY text /${name}\n`)
    const copies = names.map((name) => `COPY --from=${name} . /\n`)
    const tree = new SmallTree()
    const all = `${stages.join('')}FROM scratch AS all\n${copies.join('')}`
    const run = 'COPY hex0-seed text /\nRUN --network=none ["/hex0-seed", "/text", "/made"]\n'
    const last = 'FROM scratch\nCOPY --from=all . /\n'
    tree.add('all', `${all}${run}${last}`, { text: '41 42\n' })
    const row = (await tree.build('all')).get('user-all')
    expect(row?.error).toBeUndefined()
    expect(row?.outcome).toBe('built')
    const listing = snapshotsOf(tree)
      .map((snapshot) => readFileSync(join(snapshot, 'changes'), 'utf8'))
      .find((text) => text.split('\n').length > count)
    for (const name of [...names, 'made']) expect(listing).toContain(`["${name}","file"`)
  }, 300_000)
})
