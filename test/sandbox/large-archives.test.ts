import { once } from 'node:events'
import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { expect, test } from 'vitest'
import { readLayout } from '../../src/oci/layout-reader.js'
import { archiveBytes } from '../conformance/archive.js'
import { SmallTree } from '../world/small-tree.js'

/** STAGEX_ESCAPES=all: as large as they get, which takes minutes; else large enough to notice a mistake. */
const all = process.env['STAGEX_ESCAPES'] === 'all'
const entries = all ? 1_000_000 : 20_000
const zeros = all ? 10 * 2 ** 30 : 2 ** 28

test(`an archive of ${entries} entries is unpacked`, { timeout: 1_800_000 }, async () => {
  await added(async (file) => {
    for (let index = 0; index < entries; index++) {
      const path = `d${index % 1000}/f${index}`
      await write(file, await archiveBytes({ entries: [{ path }], unended: true }))
    }
  })
})

test(
  `a file of ${zeros} zeros is unpacked, and takes no room`,
  { timeout: 1_800_000 },
  async () => {
    const layer = await added(async (file) => {
      const entry = { path: 'zeros', records: { size: String(zeros) } }
      await write(file, await archiveBytes({ entries: [entry], unended: true }))
      const piece = Buffer.alloc(2 ** 24)
      for (let left = zeros; left > 0; left -= piece.length) await write(file, piece)
    })
    expect(layer).toBeLessThan(zeros / 500)
  }
)

/** Builds an image of an archive. @returns the size of its layer */
async function added(fill: (archive: Writable) => Promise<void>): Promise<number> {
  const tree = new SmallTree()
  tree.add('large', 'FROM scratch\nADD large.tar.gz /\n')
  const gzip = createGzip({ level: 1 })
  const written = gzip.pipe(createWriteStream(join(tree.root, 'packages/user/large/large.tar.gz')))
  await fill(gzip)
  gzip.end(Buffer.alloc(1024))
  await once(written, 'close')
  const { status, stderr } = await tree.run('build', 'large')
  expect(status, stderr).toBe(0)
  const { images } = await readLayout(join(tree.root, 'out/user-large'))
  // The files belong to whoever's ids the image has, and a million of them is not left lying around.
  if (process.getuid?.() === 0) rmSync(tree.home, { recursive: true })
  return images[0]?.layers[0]?.descriptor.size ?? 0
}

async function write(to: Writable, bytes: Buffer): Promise<void> {
  if (!to.write(bytes)) await once(to, 'drain')
}
