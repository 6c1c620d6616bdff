import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

describe('stagex contents', () => {
  const tree = new SmallTree()
  const copy = join(tree.root, 'before')

  beforeAll(async () => {
    const first = ['FROM scratch', 'COPY --chmod=4755 text /bin/run', 'COPY text /gone']
    tree.add('app', first.join('\n'), { text: 'first\n' })
    await tree.build('app')
    cpSync(join(tree.root, 'out', 'user-app'), copy, { recursive: true })
    const second = ['FROM scratch', 'COPY --chmod=0755 text /bin/run', 'COPY text /new']
    tree.add('app', second.join('\n'), { text: 'second\n', '\u001bname': '' })
    tree.add('odd', 'FROM scratch\nCOPY odd* /\n', { 'odd\u001b\n': 'x' })
    await tree.build('app', 'odd')
  })

  it('lists files with modes, owners and sizes', async () => {
    const { status, stdout } = await tree.run('contents', 'app')
    expect({ status, lines: stdout.split('\n') }).toEqual({
      status: 0,
      lines: [
        'drwxr-xr-x 0:0 0 bin/',
        '-rwxr-xr-x 0:0 7 bin/run',
        '-rw-r--r-- 0:0 7 new',
        '3 entries, 2 files, 14 B',
        ''
      ]
    })
  })

  it('tells what another image has not, has more and has otherwise, with status 1', async () => {
    const { status, stdout } = await tree.run('contents', copy, '--diff', 'app')
    expect({ status, lines: stdout.split('\n') }).toEqual({
      status: 1,
      lines: [
        '- -rw-r--r-- 0:0 6 gone',
        '+ -rw-r--r-- 0:0 7 new',
        '~ bin/run: mode 4755 → 0755, size 6 → 7',
        '1 removed, 1 added, 1 changed',
        ''
      ]
    })
  })

  it('finds no difference between an image and itself', async () => {
    const { status, stdout } = await tree.run('contents', 'app', '--diff', 'user-app', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ removed: [], added: [], changed: [] })
  })

  it('tells programs the digest of each file', async () => {
    const { stdout } = await tree.run('contents', 'app', '--json')
    const { files } = JSON.parse(stdout) as { files: unknown[] }
    expect(files[1]).toMatchObject({
      path: 'bin/run',
      type: 'file',
      mode: '0755',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown
    })
  })

  it('shows a set-user-id file as one, and no control character as it is', async () => {
    expect((await tree.run('contents', copy)).stdout).toContain('-rwsr-xr-x 0:0 6 bin/run\n')
    expect((await tree.run('contents', 'odd')).stdout).toContain(' 1 odd\\u{1b}\\n\n')
  })

  describe('of a layout with a damaged layer', () => {
    const damaged = join(tree.root, 'damaged')
    let layer: string

    beforeEach(() => {
      rmSync(damaged, { recursive: true, force: true })
      cpSync(copy, damaged, { recursive: true })
      layer = join(damaged, 'blobs/sha256', layerOf(damaged))
    })

    it('says which one is not there', async () => {
      rmSync(layer)
      expect(await tree.errorOf('contents', damaged)).toMatchObject({
        code: 'blob/missing',
        where: `sha256:${layerOf(copy)}`
      })
    })

    it('does not wait for a pipe in its place', async () => {
      rmSync(layer)
      execFileSync('mkfifo', [layer])
      expect(await tree.errorOf('contents', damaged)).toMatchObject({ code: 'blob/missing' })
    })

    it('says which one cannot be unpacked', async () => {
      const { length } = readFileSync(layer)
      rmSync(layer)
      writeFileSync(layer, Buffer.alloc(length))
      expect(await tree.errorOf('contents', damaged)).toMatchObject({
        code: 'gzip/corrupt',
        where: `sha256:${layerOf(copy)}`
      })
    })
  })

  it.each([
    [['app', '--platform', 'linux/arm64'], 'cli/no-such-platform'],
    [['./nothing'], 'layout/not-a-layout'],
    [['nothing'], 'tree/unknown-package'],
    [['user'], 'cli/bad-usage']
  ])('%j is refused with %s', async (words, code) => {
    expect(await tree.errorOf('contents', ...words)).toMatchObject({ code })
  })

  it('says how to build what is not built', async () => {
    rmSync(join(tree.root, 'out', 'user-odd'), { recursive: true, force: true })
    expect(await tree.errorOf('contents', 'odd')).toMatchObject({
      code: 'cli/no-layout',
      hint: 'stagex build user-odd'
    })
  })
})

/** The hexadecimal digits of the first layer of a layout of one image. */
function layerOf(layout: string): string {
  let hex = firstOf(join(layout, 'index.json'), 'manifests')
  for (const list of ['manifests', 'layers']) {
    hex = firstOf(join(layout, 'blobs/sha256', hex), list)
  }
  return hex
}

function firstOf(file: string, list: string): string {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { digest: string }[]>
  return document[list]?.[0]?.digest.slice('sha256:'.length) ?? ''
}
