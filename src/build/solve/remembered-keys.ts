import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Platform } from '../../containerfile/step.js'
import { type Digest, sha256 } from '../../oci/digest.js'
import type { ImageRequest } from '../plan/image-request.js'
import { readRecord, writeRecord } from '../store/record.js'
import type { Store } from '../store/store.js'
import type { Dependencies } from './dependencies.js'
import { folderLooks } from './folder-looks.js'

/**
 * The keys that a tree's images had when they were last looked up, so that those whose files look as they did then
 * need not be read. How files look is told by the kernel (lstat(2)); a file whose content changes gets another
 * change time, which nobody can set. Only for finding out that nothing has to be built: what is signed or published
 * is read.
 */
export class RememberedKeys {
  readonly #store: Store
  readonly #record: Digest
  readonly #since: number
  readonly #program = lookOfProgram()
  readonly #entries: Map<string, Entry>
  #changed = false

  /**
   * @param root the tree's folder
   * @param since seconds since 1970, before any file is looked at
   */
  constructor(store: Store, root: string, since: number) {
    this.#store = store
    this.#record = sha256(JSON.stringify(['stagex keys 1', root]))
    this.#since = since
    const known = readRecord(store, 'keys', this.#record) as KeysRecord | undefined
    this.#entries = new Map(known?.entries)
  }

  /** @param solve finds the key by reading everything */
  keyOf(
    request: ImageRequest,
    platform: Platform,
    dependencies: Dependencies,
    solve: () => Digest
  ): Digest {
    const name = JSON.stringify([request.name, platform])
    const looks = this.#looksOf(request, platform, dependencies)
    const entry = this.#entries.get(name)
    if (looks !== undefined && entry?.looks === looks) return entry.key
    const key = solve()
    if (looks !== undefined) {
      this.#entries.set(name, { looks, key })
      this.#changed = true
    }
    return key
  }

  /**
   * Keeps what was learnt, where the store has room for it; else it is found out again.
   * @param unique a file name part that no other process uses
   */
  save(unique: string): void {
    if (!this.#changed) return
    const next = (purpose: string): string => join(this.#store.home, `${purpose}.${unique}`)
    const record: KeysRecord = { entries: [...this.#entries] }
    try {
      writeRecord(this.#store, { next }, 'keys', this.#record, record)
    } catch {
      return
    }
  }

  /** Names all that the key follows from, without reading it; undefined where that cannot be done. */
  #looksOf(
    request: ImageRequest,
    platform: Platform,
    dependencies: Dependencies
  ): Digest | undefined {
    if (request.contexts !== undefined) return undefined
    const folder = folderLooks(request.context)
    // A file may change twice within one tick of the kernel's clock.
    if (folder === undefined || folder.newest >= (this.#since - 2) * 1000) return undefined
    const images = request.dependencies.map((name) => {
      return dependencies(name)?.map(({ manifest }) => manifest.digest) ?? null
    })
    return sha256(JSON.stringify([this.#program, request, platform, images, folder.files]))
  }
}

interface Entry {
  readonly looks: Digest
  readonly key: Digest
}

interface KeysRecord {
  readonly entries: readonly (readonly [string, Entry])[]
}

/** Another program may make other keys. Compiled, all of it is one file. */
function lookOfProgram(): readonly unknown[] {
  const file = fileURLToPath(import.meta.url)
  const { size, ctimeMs, ino } = statSync(file)
  return [file, size, ctimeMs, ino]
}
