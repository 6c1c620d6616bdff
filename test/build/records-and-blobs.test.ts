import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adoptBlob,
  blobPath,
  hasBlob,
  putBlob,
  readBlob,
  verifyBlob
} from '../../src/build/store/blob-store.js'
import { readRecord, writeRecord } from '../../src/build/store/record.js'
import { type Session, openSession } from '../../src/build/store/session.js'
import { type Store, openStore } from '../../src/build/store/store.js'
import { sha256 } from '../../src/oci/digest.js'

function newStore(): { store: Store; session: Session } {
  const store = openStore(join(mkdtempSync(join(tmpdir(), 'stagex-store-')), 'home'), 'test')
  return { store, session: openSession(store.sessions, 'test', 1) }
}

/** Blobs may not be written, but who may write their folder can replace them. */
function putInPlace(file: string, text: string): void {
  rmSync(file, { force: true })
  writeFileSync(file, text)
}

const key = sha256('a key')

describe('a record', () => {
  it('comes back as it was written', () => {
    const { store, session } = newStore()
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        writeRecord(store, session, 'step', key, value)
        expect(readRecord(store, 'step', key)).toEqual(JSON.parse(JSON.stringify(value)))
      })
    )
  })

  it('counts as never written after any one of its bytes changed, or its end is missing', () => {
    const { store, session } = newStore()
    const file = join(store.records, 'step', key.slice('sha256:'.length))
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, flip, cut) => {
        writeRecord(store, session, 'step', key, { snapshot: 'something' })
        const bytes = readFileSync(file)
        const index = at % bytes.length
        if (cut) truncateSync(file, index)
        else {
          bytes[index] = (bytes[index] ?? 0) ^ flip
          writeFileSync(file, bytes)
        }
        expect(readRecord(store, 'step', key)).toBeUndefined()
        expect(existsSync(file)).toBe(false)
      })
    )
  })
})

describe('a blob', () => {
  it('is found under its digest, once, and leaves nothing else behind', () => {
    const { store, session } = newStore()
    const digest = putBlob(store, session, 'content')
    expect(putBlob(store, session, 'content')).toBe(digest)
    expect(digest).toBe(sha256('content'))
    expect(readBlob(store, digest).toString()).toBe('content')
    expect(hasBlob(store, digest, 7)).toBe(true)
    expect(readdirSync(session.folder)).toEqual(['held'])
  })

  it('that was damaged is refused and removed when it is read', async () => {
    const { store, session } = newStore()
    for (const read of [readBlob, verifyBlob]) {
      const digest = putBlob(store, session, 'content')
      putInPlace(blobPath(store, digest), 'c0ntent')
      await expect((async () => read(store, digest))()).rejects.toMatchObject({
        code: 'store/corrupt-blob',
        expected: digest
      })
      expect(hasBlob(store, digest, 7)).toBe(false)
    }
  })

  it('cut short by a crash is replaced when the same content is adopted again', () => {
    const { store, session } = newStore()
    const digest = sha256('content')
    putInPlace(blobPath(store, digest), 'con')
    const file = session.next('layer')
    writeFileSync(file, 'content')
    adoptBlob(store, file, digest)
    expect(readBlob(store, digest).toString()).toBe('content')
  })
})

describe('a store', () => {
  it('of a newer version is refused', () => {
    const { store } = newStore()
    writeFileSync(join(store.home, 'version'), '3\n')
    expect(() => openStore(store.home, 'test')).toThrow(
      expect.objectContaining({ code: 'store/newer-version', found: 'version 3' }) as Error
    )
  })

  it('of version 1 is used, and is of this version from then on', () => {
    const { store } = newStore()
    writeFileSync(join(store.home, 'version'), '1\n')
    openStore(store.home, 'test')
    expect(readFileSync(join(store.home, 'version'), 'utf8')).toBe('2\n')
  })

  it('whose version was lost in a crash is used as it is', () => {
    const { store } = newStore()
    writeFileSync(join(store.home, 'version'), '')
    expect(openStore(store.home, 'test').home).toBe(store.home)
    expect(readFileSync(join(store.home, 'version'), 'utf8')).toBe('2\n')
  })
})
