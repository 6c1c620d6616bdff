import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

const busybox = '/bin/busybox'
const stagex = join(import.meta.dirname, '../../stagex')

/** Modes, links, deletions, times and stages that do not need each other. */
const containerfile = `FROM scratch AS shell
COPY --chmod=0755 busybox /bin/sh
FROM shell AS one
RUN --network=none ["/bin/sh", "-c", "mkdir -m 0711 /one && echo one > /one/file && ln /one/file /one/name"]
FROM shell AS two
RUN --network=none ["/bin/sh", "-c", "umask 0027; echo two > /two; ln -s two /link; chmod 4755 /two"]
FROM shell
COPY --from=one /one /one
COPY --from=two /two /link /
RUN --network=none ["/bin/sh", "-c", "rm /one/name; echo three > /one/three; mkdir /empty"]
COPY --from=one . /copy/
WORKDIR /build
`

describe.skipIf(!existsSync(busybox))('an image has the same digest', () => {
  let tree: SmallTree
  let expected: string
  const folders: string[] = []

  beforeAll(() => {
    tree = new SmallTree()
    tree.add('sample', containerfile)
    copyFileSync(busybox, join(tree.root, 'packages/user/sample/busybox'))
    expected = digestIn(tree.home)
  })

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  function newFolder(parent: string): string {
    const folder = mkdtempSync(join(parent, 'stagex-home-'))
    folders.push(folder)
    return folder
  }

  function digestIn(home: string, words: readonly string[] = [], umask = '0022'): string {
    const places = ['--home', home, '--root', tree.root, '--json']
    const call = ['-c', `umask ${umask}; exec "$@"`, 'sh', stagex, ...places, 'build', 'sample']
    const { stdout, stderr } = spawnSync('sh', [...call, ...words], { encoding: 'utf8' })
    const { images } = JSON.parse(stdout) as { images: { digest?: string }[] }
    expect(images[0]?.digest, stderr).toMatch(/^sha256:/)
    return images[0]?.digest ?? ''
  }

  it.each(['1', '16'])('with %s jobs', (jobs) => {
    expect(digestIn(newFolder(tmpdir()), ['--jobs', jobs])).toBe(expected)
  })

  it.each(['0000', '0077', '0027'])('with umask %s', (umask) => {
    expect(digestIn(newFolder(tmpdir()), [], umask)).toBe(expected)
  })

  it('with every step executed though it is known', () => {
    expect(digestIn(tree.home, ['--no-cache'])).toBe(expected)
  })

  it('with a store of which half is known', () => {
    const home = newFolder(tmpdir())
    digestIn(home)
    rmSync(join(home, 'records/image'), { recursive: true })
    rmSync(join(home, 'blobs/sha256'), { recursive: true })
    expect(digestIn(home)).toBe(expected)
  })

  it.skipIf(!isTmpfs('/dev/shm'))('with a store in memory', () => {
    expect(digestIn(newFolder('/dev/shm'))).toBe(expected)
  })
})

function isTmpfs(folder: string): boolean {
  return existsSync(folder) && statfsSync(folder).type === 0x01021994
}
