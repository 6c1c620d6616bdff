import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeFolder } from '../../src/base/make-folder.js'

describe('making a folder', () => {
  const place = mkdtempSync(join(tmpdir(), 'stagex-folder-'))

  afterAll(() => {
    rmSync(place, { recursive: true })
  })

  it('makes those above it, and leaves what is there', () => {
    const folder = join(place, 'a', 'b', 'c')
    makeFolder(folder)
    writeFileSync(join(folder, 'file'), 'text')
    makeFolder(folder)
    expect(statSync(join(folder, 'file')).size).toBe(4)
  })

  it('takes a link to a folder for one', () => {
    symlinkSync(place, join(place, 'link'))
    makeFolder(join(place, 'link'))
    makeFolder(join(place, 'link', 'below'))
    expect(statSync(join(place, 'below')).isDirectory()).toBe(true)
  })

  it.each([
    ['a folder that the system makes up', '/proc/none/below', 'ENOENT'],
    ['a file', '<place>/file/below', 'ENOTDIR'],
    ['a link to nothing', '<place>/lost/below', 'EEXIST']
  ])('fails below %s', (_, path, code) => {
    writeFileSync(join(place, 'file'), '')
    rmSync(join(place, 'lost'), { force: true })
    symlinkSync('/nothing/there', join(place, 'lost'))
    expect(() => {
      makeFolder(path.replace('<place>', place))
    }).toThrow(expect.objectContaining({ code }) as Error)
  })
})
