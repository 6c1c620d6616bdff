import { readFileSync } from 'node:fs'
import { replaceFile } from '../../base/write-file.js'
import {
  type FoundReference,
  referencesIn,
  replaceReferences
} from '../../trust/lock/locked-references.js'
import { CliError } from '../cli-error.js'

/** A file that is to be pinned. */
export interface Containerfile {
  readonly path: string
  readonly text: string
  readonly references: readonly FoundReference[]
}

/** A reference in a file, and what it becomes. */
export interface Pin {
  readonly path: string
  readonly reference: FoundReference
  /** The reference with its digest; absent where nobody knows. */
  readonly by?: string
}

/**
 * @param scopes `docker.io/stagex`
 * @throws CliError `cli/bad-usage`; ContainerfileError
 */
export function readContainerfile(path: string, scopes: readonly string[]): Containerfile {
  try {
    const text = readFileSync(path, 'utf8')
    return { path, text, references: referencesIn(text, path, scopes) }
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === undefined) throw error
    throw new CliError('cli/bad-usage', 'this is no Containerfile', {
      kind: 'usage',
      where: path,
      found: code ?? ''
    })
  }
}

/** Writes the files in which something changes. */
export function writePins(files: readonly Containerfile[], pins: readonly Pin[]): void {
  for (const { path, text } of files) {
    const changed = pins.flatMap(({ path: file, reference: found, by }) => {
      return file === path && by !== undefined ? [{ found, by }] : []
    })
    const replaced = replaceReferences(text, changed)
    if (replaced !== text) replaceFile(path, replaced, `${path}.${process.pid}`)
  }
}
