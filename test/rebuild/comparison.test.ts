import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LayoutImage, readLayout } from '../../src/oci/layout-reader.js'
import { compareImages } from '../../src/rebuild/comparison.js'
import { SmallTree } from '../world/small-tree.js'

const images = new Map<string, LayoutImage>()

const containerfiles = {
  plain: 'FROM scratch\nCOPY a /a\nCOPY b /b\n',
  same: 'FROM scratch\nCOPY a /a\nCOPY b /b\n',
  'one-layer': 'FROM scratch\nCOPY a b /\n',
  content: 'FROM scratch\nCOPY a /a\nCOPY a /b\n',
  mode: 'FROM scratch\nCOPY a /a\nCOPY --chmod=0600 b /b\n',
  owner: 'FROM scratch\nCOPY a /a\nCOPY --chown=1:1 b /b\n',
  more: 'FROM scratch\nCOPY a /a\nCOPY b /b\nCOPY b /c\n',
  labelled: 'FROM scratch\nCOPY a /a\nCOPY b /b\nLABEL key=value\n'
}

beforeAll(async () => {
  const tree = new SmallTree()
  const out = mkdtempSync(join(tmpdir(), 'stagex-compare-'))
  for (const [name, containerfile] of Object.entries(containerfiles)) {
    tree.add(name, containerfile, { a: 'first', b: 'second' })
  }
  await tree.build('user', '--out', out)
  for (const name of Object.keys(containerfiles)) {
    const [image] = (await readLayout(join(out, `user-${name}`))).images
    if (image !== undefined) images.set(name, image)
  }
})

function image(name: keyof typeof containerfiles): LayoutImage {
  const found = images.get(name)
  if (found === undefined) throw new Error(`${name} was not built`)
  return found
}

describe('comparing two images', () => {
  it('finds an image equal to itself, down to the manifest', async () => {
    expect(await compareImages(image('plain'), image('plain'))).toEqual({ agreement: 'manifest' })
  })

  it('tells apart what differs in the manifest alone, here the annotation with the name', async () => {
    const { agreement, difference } = await compareImages(image('plain'), image('same'))
    expect(agreement).toBe('image')
    expect(difference?.where).toBe('manifest')
  })

  it('finds the same files in other layers', async () => {
    expect((await compareImages(image('plain'), image('one-layer'))).agreement).toBe('tree')
  })

  it.each([
    ['content', 'layer 2, b', 'size 6', 'size 5'],
    ['mode', 'layer 2, b', 'mode 644', 'mode 600'],
    ['owner', 'layer 2, b', 'owner 0:0', 'owner 1:1']
  ] as const)(
    'names the first entry that differs in its %s',
    async (name, where, expected, found) => {
      expect(await compareImages(image('plain'), image(name))).toEqual({
        agreement: 'none',
        difference: { where, expected, found }
      })
    }
  )

  it('names a layer that only one of them has', async () => {
    const { agreement, difference } = await compareImages(image('plain'), image('more'))
    expect(agreement).toBe('none')
    expect(difference).toMatchObject({ where: 'layer 3', expected: 'no layer' })
  })

  it('names the config where the layers are equal', async () => {
    const { agreement, difference } = await compareImages(image('plain'), image('labelled'))
    expect(agreement).toBe('tree')
    expect(difference?.where).toBe('config')
  })
})
