import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

const text = 'from upstream\n'

/** A tree with one package that declares `it.txt`, and whose own folder has a `fetch/` too. */
function treeWith(containerfile: string): SmallTree {
  const tree = new SmallTree()
  const upstream = join(tree.root, 'upstream.txt')
  writeFileSync(upstream, text)
  const hash = createHash('sha256').update(text).digest('hex')
  const mirror = pathToFileURL(upstream).href
  const definition =
    `[package]\nname = "it"\nversion = "1.0.0"\nplatforms = ["linux/386"]\n` +
    `[sources.it]\nhash = "${hash}"\nfile = "it.txt"\nmirrors = ["${mirror}"]\n`
  tree.add('it', containerfile, {
    'package.toml': definition,
    'own.txt': 'own\n',
    'fetch/it.txt': 'not what was declared\n',
    'fetch/undeclared.txt': 'undeclared\n'
  })
  return tree
}

it('finds declared sources at fetch/ in the build context, the same as in the context fetch', async () => {
  const tree = treeWith('FROM scratch\nADD fetch/it.txt own.txt /\n')
  const both = (await tree.build('it')).get('user-it')
  expect(both).toMatchObject({ outcome: 'built' })
  // What lies in fetch/ is a copy of what was declared: its loss changes nothing.
  rmSync(join(tree.root, 'fetch'), { recursive: true })
  expect((await tree.build('it')).get('user-it')).toMatchObject({ outcome: 'cached' })
})

it('gives the same layers as the named context', async () => {
  const layers = async (containerfile: string): Promise<unknown> => {
    const tree = treeWith(containerfile)
    const { stdout } = await tree.run('--json', 'build', 'it')
    const { images } = JSON.parse(stdout) as { images: { layout: string }[] }
    const { readLayout } = await import('../../src/oci/layout-reader.js')
    const layout = await readLayout(images[0]?.layout ?? '')
    return layout.images[0]?.layers.map(({ diffId }) => diffId)
  }
  const named = await layers('FROM scratch\nCOPY --from=fetch it.txt /\n')
  expect(await layers('FROM scratch\nCOPY fetch/it.txt /\n')).toEqual(named)
  expect(await layers('FROM scratch\nCOPY ./fetch/*.txt /\n')).toEqual(named)
  expect(await layers('FROM scratch\nCOPY fetch /\n')).toEqual(named)
})

it('brings the names of architectures to those of OCI', async () => {
  const digestFor = async (platform: string): Promise<string | undefined> => {
    const tree = new SmallTree()
    tree.add('data', 'FROM scratch\nARG TARGETARCH\nENV ARCH=$TARGETARCH\n', {
      'package.toml': `[package]\nname = "data"\nversion = "1.0.0"\nplatforms = ["${platform}"]\n`
    })
    return (await tree.build('data')).get('user-data')?.digest
  }
  const arm = await digestFor('linux/arm64')
  expect(arm).toMatch(/^sha256:/)
  expect(await digestFor('linux/aarch64')).toBe(arm)
  expect(await digestFor('linux/x86_64')).toBe(await digestFor('linux/amd64'))
})

it('shows nothing that was not declared', async () => {
  const tree = treeWith('FROM scratch\nCOPY fetch/undeclared.txt /\n')
  mkdirSync(join(tree.root, 'fetch/user/it'), { recursive: true })
  writeFileSync(join(tree.root, 'fetch/user/it/undeclared.txt'), 'undeclared\n')
  const row = (await tree.build('it')).get('user-it')
  expect(row).toMatchObject({ outcome: 'failed', error: { code: 'build/copy-missing' } })
})

it('has no place for sources below their own names', async () => {
  const tree = treeWith(
    '# syntax=docker/dockerfile:1.7-labs\nFROM scratch\nCOPY --parents fetch/it.txt /\n'
  )
  const row = (await tree.build('it')).get('user-it')
  expect(row).toMatchObject({ outcome: 'failed', error: { code: 'build/unsupported' } })
})
