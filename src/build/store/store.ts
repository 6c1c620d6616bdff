import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../base/make-folder.js'
import { replaceFile } from '../../base/write-file.js'
import { BuildError } from '../build-error.js'
import { asFullDisk } from './full-disk.js'
import { recordKinds } from './record-kind.js'

/** The store's version: raised whenever an older program could misread what a newer one wrote. */
const storeVersion = 2

/** Stores that this program reads as they are: in version 1, every snapshot had files of its own. */
const readableVersions: readonly string[] = ['1']

/** Where things lie in a store that has been opened; docs/store.md is its contract. */
export interface Store {
  readonly home: string
  readonly blobs: string
  readonly snapshots: string
  readonly records: string
  readonly logs: string
  readonly sessions: string
}

/**
 * Opens the store at `home`, making it where there is none.
 * @param unique a file name part that no other process uses, for temporary files
 * @throws BuildError `store/full`, `store/newer-version`, `store/not-writable`
 */
export function openStore(home: string, unique: string): Store {
  const store: Store = {
    home,
    blobs: join(home, 'blobs', 'sha256'),
    snapshots: join(home, 'snapshots'),
    records: join(home, 'records'),
    logs: join(home, 'logs'),
    sessions: join(home, 'sessions')
  }
  try {
    checkVersion(home, unique)
    for (const folder of [store.blobs, store.logs]) mkdirSync(folder, { recursive: true })
    // File trees of images may hold set-user-id programs: nobody else on this machine shall reach them.
    for (const folder of [store.snapshots, store.sessions]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    }
    for (const kind of recordKinds) {
      mkdirSync(join(store.records, kind), { recursive: true })
    }
  } catch (error) {
    throw asNotWritable(error, home)
  }
  return store
}

function checkVersion(home: string, unique: string): void {
  const file = join(home, 'version')
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  // Empty: the machine went down before the text reached the disk.
  if (found === '' || readableVersions.includes(found)) {
    makeFolder(home)
    replaceFile(file, `${storeVersion}\n`, `${file}.${unique}`)
    return
  }
  if (found === String(storeVersion)) return
  throw new BuildError(
    'store/newer-version',
    'this store was written by another version of stagex',
    {
      where: file,
      expected: `version ${storeVersion}`,
      found: `version ${found.slice(0, 40)}`,
      hint: 'use the newer stagex, or another store: STAGEX_HOME=DIR'
    }
  )
}

/** ENOENT: in a folder that the system makes up, as /proc, no new name is ever there. */
const refusals: ReadonlySet<string> = new Set([
  'EACCES',
  'EROFS',
  'EPERM',
  'ENOENT',
  'EEXIST',
  'ENOTDIR'
])

function asNotWritable(error: unknown, home: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === undefined || !refusals.has(code)) return asFullDisk(error)
  return new BuildError('store/not-writable', 'cannot write to the store', {
    where: home,
    found: code,
    hint: 'name a folder you can write to: STAGEX_HOME=DIR',
    cause: error
  })
}
