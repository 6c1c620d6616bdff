import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blobPath, putBlob } from '../../src/build/store/blob-store.js'
import { collectGarbage } from '../../src/build/store/garbage.js'
import { hold } from '../../src/build/store/held.js'
import { openSession } from '../../src/build/store/session.js'
import { type Store, openStore } from '../../src/build/store/store.js'
import { type Digest, hexOf } from '../../src/oci/digest.js'
import { SmallTree, seedSteps } from '../world/small-tree.js'

function newStore(): Store {
  return openStore(join(mkdtempSync(join(tmpdir(), 'stagex-gc-')), 'home'), 'test')
}

/** Puts a blob of `size` bytes, last used at `time`, that no running build uses. */
function blob(store: Store, size: number, time: number): Digest {
  const ended = openSession(store.sessions, 'ended', time)
  const digest = putBlob(store, ended, Buffer.alloc(size, `${time} `))
  utimesSync(blobPath(store, digest), time, time)
  return digest
}

const ended = ['ended']

describe('collecting garbage', () => {
  it('removes what was unused for longest until the rest fits, and not one thing more', () => {
    const things = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.nat(5000)), {
      selector: ([, time]) => time,
      maxLength: 12
    })
    fc.assert(
      fc.property(things, fc.nat(4000), (sizes, keep) => {
        const store = newStore()
        const blobs = sizes.map(([size, time]) => ({ size, time, digest: blob(store, size, time) }))
        const { removed, freed, before } = collectGarbage(store, { keep, ended, dryRun: false })
        const oldestFirst = [...blobs].sort((a, b) => a.time - b.time)
        expect(removed.map(({ hex }) => hex)).toEqual(
          oldestFirst.slice(0, removed.length).map(({ digest }) => hexOf(digest))
        )
        expect(before - freed).toBeLessThanOrEqual(keep)
        const lastRemoved = removed.at(-1)?.size ?? 0
        if (removed.length > 0) expect(before - freed + lastRemoved).toBeGreaterThan(keep)
        expect(readdirSync(store.blobs)).toHaveLength(blobs.length - removed.length)
      }),
      { numRuns: 30 }
    )
  })

  it('leaves alone what a running build uses', () => {
    const store = newStore()
    const used = blob(store, 100, 1)
    const unused = blob(store, 100, 2)
    hold(openSession(store.sessions, 'running', 1), used, blobPath(store, used))
    const { removed } = collectGarbage(store, { keep: 0, ended, dryRun: false })
    expect(removed.map(({ hex }) => hex)).toEqual([hexOf(unused)])
    expect(readdirSync(store.blobs)).toEqual([hexOf(used)])
  })

  it('removes nothing when asked what it would do', () => {
    const store = newStore()
    blob(store, 100, 1)
    const { freed } = collectGarbage(store, { keep: 0, ended, dryRun: true })
    expect(freed).toBe(100)
    expect(readdirSync(store.blobs)).toHaveLength(1)
  })

  it('forgets results of which a part is gone', () => {
    const store = newStore()
    const digest = blob(store, 100, 1)
    const record = join(store.records, 'layer', '0'.repeat(64))
    mkdirSync(join(store.records, 'layer'), { recursive: true })
    writeFileSync(record, `sha256:x\n{"digest":"${digest}"}`)
    collectGarbage(store, { keep: 0, ended, dryRun: false })
    expect(readdirSync(join(store.records, 'layer'))).toEqual([])
  })

  it('empties a whole store, from which the same image is then built again', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    const before = (await tree.build('greeting')).get('user-greeting')
    const { status, stdout } = await tree.run('--json', 'gc', '--keep', '0B')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ removed: { source: 0 } })
    expect(readdirSync(join(tree.home, 'snapshots'))).toEqual([])
    const after = (await tree.build('greeting')).get('user-greeting')
    expect(after).toMatchObject({ outcome: 'built', digest: before?.digest })
  })
})
