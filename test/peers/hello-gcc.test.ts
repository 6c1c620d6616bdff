import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unpackImage } from '../world/bootstrap-images.js'
import { isStored, layStoredImage } from '../world/stored-image.js'

/** Where the chain to GCC 13 has been built, which takes an hour. */
const image = 'user-hello-gcc'
const folder = mkdtempSync(join(tmpdir(), 'stagex-hello-gcc-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe.skipIf(!isStored(image))('the program that the pallet for C has made', () => {
  it('is all that its image holds, and runs by itself', async () => {
    const system = join(folder, 'system')
    await unpackImage(layStoredImage(image, join(folder, 'out')), system)
    const files = spawnSync('find', ['.', '-type', 'f'], { cwd: system, encoding: 'utf8' })
    expect(files.stdout).toBe('./usr/bin/hello-gcc\n')
    const ran = spawnSync(join(system, 'usr/bin/hello-gcc'), { encoding: 'utf8', env: {} })
    expect(ran.stdout).toBe('Hello from GCC!\n')
  })
})
