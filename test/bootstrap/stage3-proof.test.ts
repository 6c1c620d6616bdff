import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { repository } from '../house/repository.js'
import { unpackImage } from '../world/bootstrap-images.js'
import { isStored, layStoredImage } from '../world/stored-image.js'

/** Its build stops where stage3 fails at something; what it says of the rest is checked where it was built. */
const image = 'bootstrap-stage3-proof'
const folder = mkdtempSync(join(tmpdir(), 'stagex-proof-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe.skipIf(!isStored(image))('what was tried with stage3', () => {
  it('went as docs/bootstrap.md tells', async () => {
    await unpackImage(layStoredImage(image, join(folder, 'out')), join(folder, 'system'))
    const results = join(folder, 'system/usr/share/stage3-proof')
    const names = readdirSync(results)
    expect(names.sort()).toEqual([
      'busybox',
      'libc',
      'lua',
      'programs',
      'torture-O0',
      'torture-O2',
      'zlib'
    ])
    const page = readFileSync(join(repository, 'docs/bootstrap.md'), 'utf8')
    for (const name of names.filter((each) => each !== 'programs')) {
      const [counts = ''] = readFileSync(join(results, name), 'utf8').split('\n')
      expect(page).toContain(counts)
    }
  })
})
