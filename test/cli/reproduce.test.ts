import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

const busybox = '/bin/busybox'

/** A package whose one RUN is this script, run by a static busybox. */
function sampleTree(script: string): SmallTree {
  const tree = new SmallTree()
  tree.add(
    'sample',
    `FROM scratch AS build
COPY --chmod=0755 busybox /bin/sh
COPY --chmod=0755 busybox /bin/cat
RUN --network=none ["/bin/sh", "-c", ${JSON.stringify(script)}]
FROM scratch
COPY --from=build /made /
`
  )
  copyFileSync(busybox, join(tree.root, 'packages/user/sample/busybox'))
  return tree
}

interface Report {
  variations: { what: string; varied: boolean }[]
  images: {
    image: string
    digest: string
    matchesRecord?: boolean
    comparison: { agreement: string; difference?: { where: string } }
  }[]
}

describe.skipIf(!existsSync(busybox))('stagex reproduce', () => {
  it('is content with an image that comes out the same in other surroundings', async () => {
    const tree = sampleTree('umask; echo $HOME $LANG $TZ; cat /proc/sys/kernel/hostname > /made')
    const { status, stdout } = await tree.run('--json', 'reproduce', 'sample')
    const { variations, images } = JSON.parse(stdout) as Report
    expect(status).toBe(0)
    expect(variations.filter(({ varied }) => varied).length).toBeGreaterThan(3)
    expect(images).toMatchObject([{ image: 'user-sample', comparison: { agreement: 'manifest' } }])
  })

  it('finds what differs in one that does not', async () => {
    const tree = sampleTree('cat /proc/sys/kernel/random/uuid > /made')
    const { status, stdout } = await tree.run('--json', 'reproduce', 'sample')
    const [image] = (JSON.parse(stdout) as Report).images
    expect(status).toBe(1)
    expect(image?.comparison.agreement).not.toBe('manifest')
    expect(image?.comparison.difference?.where).toContain('made')
  })

  it('is not content with one that the tree records otherwise', async () => {
    const tree = sampleTree('echo the same > /made')
    mkdirSync(join(tree.root, 'digests'))
    writeFileSync(join(tree.root, 'digests/user.txt'), `${'0'.repeat(64)} user-sample\n`)
    const { status, stdout } = await tree.run('--json', 'reproduce', 'sample')
    const [image] = (JSON.parse(stdout) as Report).images
    expect(status).toBe(1)
    expect(image).toMatchObject({ matchesRecord: false, comparison: { agreement: 'manifest' } })
  })
})
