import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { BuiltImage } from '../../src/build/image/built-image.js'
import type { ImageRequest } from '../../src/build/plan/image-request.js'
import { RememberedKeys } from '../../src/build/solve/remembered-keys.js'
import { type Store, openStore } from '../../src/build/store/store.js'
import { type Digest, sha256 } from '../../src/oci/digest.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-keys-'))
let count = 0
let store: Store
let context: string
const platform = { os: 'linux', architecture: 'amd64' }
/** Seconds; far enough from now for every file to have stood still. */
const later = Math.floor(Date.now() / 1000) + 1000

beforeEach(() => {
  store = openStore(join(folder, `store-${++count}`), 'test')
  context = join(folder, `context-${count}`)
  mkdirSync(join(context, 'below'), { recursive: true })
  for (const name of ['Containerfile', 'file', 'below/file']) writeFileSync(at(name), 'text')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function at(name: string): string {
  return join(context, name)
}

function request(more: Partial<ImageRequest> = {}): ImageRequest {
  return {
    name: 'user-one',
    platforms: [platform],
    context,
    containerfile: at('Containerfile'),
    containerfileLabel: 'Containerfile',
    fetch: at('fetch'),
    sources: [],
    buildArguments: {},
    dependencies: ['user-other'],
    ...more
  }
}

function built(text: string): readonly BuiltImage[] {
  return [{ manifest: { digest: sha256(text) } } as BuiltImage]
}

/** Whether a build reads the image's files to find its key. */
function isRead(more: Partial<ImageRequest> = {}, other = 'other', since = later): boolean {
  let read = false
  const keys = new RememberedKeys(store, folder, since)
  const solve = (): Digest => {
    read = true
    return sha256('the key')
  }
  const key = keys.keyOf(request(more), platform, () => built(other), solve)
  expect(key).toBe(sha256('the key'))
  keys.save('test')
  return read
}

const changes: Readonly<Record<string, () => void>> = {
  'a file has another content of the same size and time': rewriteInSecret,
  'a file is longer': () => {
    writeFileSync(at('file'), 'longer')
  },
  'a file in a folder is gone': () => {
    rmSync(at('below/file'))
  },
  'there is one more': () => {
    writeFileSync(at('below/more'), '')
  },
  'a file has another name': () => {
    renameSync(at('file'), at('renamed'))
  },
  'a file became a link': () => {
    rmSync(at('below/file'))
    symlinkSync('../file', at('below/file'))
  },
  'the Containerfile was written anew': () => {
    writeFileSync(at('Containerfile'), 'text')
  }
}

describe('the key of an image', () => {
  test('is found once, as long as nothing looks different', () => {
    expect([isRead(), isRead(), isRead()]).toEqual([true, false, false])
  })

  test.each(Object.entries(changes))('is found again where %s', (_what, change) => {
    expect([isRead(), isRead()]).toEqual([true, false])
    change()
    expect([isRead(), isRead()]).toEqual([true, false])
  })

  test('is always found anew where the Containerfile lies elsewhere', () => {
    renameSync(at('Containerfile'), join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), at('Containerfile'))
    expect([isRead(), isRead()]).toEqual([true, true])
  })

  test('is always found anew where the whole folder lies elsewhere', () => {
    renameSync(context, join(folder, `moved-${count}`))
    symlinkSync(join(folder, `moved-${count}`), context)
    expect([isRead(), isRead()]).toEqual([true, true])
  })

  test.each<[string, Partial<ImageRequest>, string]>([
    ['a build argument', { buildArguments: { VERSION: '2' } }, 'other'],
    ['a declared source', { sources: [{ file: 'a', hash: '0'.repeat(64) }] }, 'other'],
    ['the target', { target: 'package' }, 'other'],
    ['an image that it is built from', {}, 'another']
  ])('is found again where %s is another', (_what, more, other) => {
    expect([isRead(), isRead(more, other), isRead(more, other)]).toEqual([true, true, false])
  })

  test('is found again where files changed in the seconds before', () => {
    const now = Math.floor(lstatSync(at('file')).ctimeMs / 1000)
    expect([isRead({}, 'other', now + 2), isRead({}, 'other', now + 2)]).toEqual([true, true])
    expect([isRead({}, 'other', now + 4), isRead({}, 'other', now + 4)]).toEqual([true, false])
  })

  test('is always found anew for contexts given by name, and for more files than are soon looked at', () => {
    const contexts = { other: folder }
    expect([isRead({ contexts }), isRead({ contexts })]).toEqual([true, true])
    for (let i = 0; i < 500; i++) writeFileSync(at(`below/${i}`), '')
    expect([isRead(), isRead()]).toEqual([true, true])
  })

  test('is found again where the record is damaged', () => {
    expect(isRead()).toBe(true)
    const [name = ''] = readdirSync(join(store.records, 'keys'))
    writeFileSync(join(store.records, 'keys', name), 'damaged')
    expect([isRead(), isRead()]).toEqual([true, false])
  })

  test('is of one tree', () => {
    expect(isRead()).toBe(true)
    const keys = new RememberedKeys(store, join(folder, 'another tree'), later)
    const found = keys.keyOf(
      request(),
      platform,
      () => built('other'),
      () => sha256('another')
    )
    expect(found).toBe(sha256('another'))
  })
})

function rewriteInSecret(): void {
  const { atime, mtime, size } = lstatSync(at('file'))
  writeFileSync(at('file'), 'TEXT')
  utimesSync(at('file'), atime, mtime)
  expect(lstatSync(at('file'))).toMatchObject({ size, mtime })
}
