import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from '../../base/read-if-there.js'
import { type Digest, sha256 } from '../../oci/digest.js'
import { BuildError } from '../build-error.js'

/** A snapshot without files of its own: it shows those of others, laid over each other. */
export interface Stack {
  /** The chain that it was made on; part of the snapshot's digest. */
  readonly below: Digest
  /** Snapshots with files of their own, lowest first. */
  readonly snapshots: readonly Digest[]
}

/** Writes a stack into the snapshot's folder: a line with the SHA-256 of the rest, then JSON. */
export function writeStack(folder: string, { below, snapshots }: Stack): void {
  const json = JSON.stringify({ below, snapshots })
  writeFileSync(join(folder, 'stack'), `${sha256(json)}\n${json}`, { flag: 'wx' })
}

/**
 * Reads the stack of a snapshot; undefined where it has files of its own.
 * @throws BuildError `store/corrupt-snapshot`
 */
export function readStack(folder: string): Stack | undefined {
  const file = join(folder, 'stack')
  const text = readIfThere(file)
  if (text === undefined) return undefined
  const end = text.indexOf('\n')
  const json = text.slice(end + 1)
  const found = sha256(json)
  if (text.slice(0, end) === found) return JSON.parse(json) as Stack
  throw new BuildError('store/corrupt-snapshot', 'a snapshot’s file changed since it was made', {
    where: file,
    expected: text.slice(0, Math.max(0, end)),
    found,
    hint: 'build again with --no-cache'
  })
}
