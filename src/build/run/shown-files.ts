import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from '../store/session.js'
import { nextInMemory } from './memory-folder.js'
import type { Bind } from './sandbox.js'

/** A small file that a sandbox shows in a place of its own. */
export interface ShownFile {
  readonly name: string
  readonly content: string
  readonly mode: number
  readonly target: string
}

/** Writes files and says how to show them. */
export function showFiles(session: Session, files: readonly ShownFile[]): Bind[] {
  const folder = nextInMemory(session, 'files')
  mkdirSync(folder)
  return files.map(({ name, content, mode, target }) => {
    const source = join(folder, name)
    writeFileSync(source, content, { mode })
    return { kind: 'bind', source, target, writable: false }
  })
}
