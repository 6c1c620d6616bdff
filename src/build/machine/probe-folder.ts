import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nearestExisting } from '../../base/nearest-existing.js'
import type { Machine } from './machine.js'

/** A new folder to try things out in, which the caller removes; or the system's code for why there is none. */
export type ProbeFolder = { readonly folder: string } | { readonly refusal: string }

/**
 * Makes one on the file system that the store will lie on: in the store's folder, or in the nearest folder
 * above it that exists. It is made for real, because rights alone do not tell: root has all of them in /proc.
 */
export function probeBesideStore({ home }: Machine): ProbeFolder {
  try {
    return { folder: mkdtempSync(probeIn(nearestExisting(home).path)) }
  } catch (error) {
    return { refusal: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

/** Makes one beside the store, or among temporary files where the store cannot be written. */
export function probeAnywhere(machine: Machine): string {
  const probe = probeBesideStore(machine)
  return 'folder' in probe ? probe.folder : mkdtempSync(probeIn(tmpdir()))
}

function probeIn(folder: string): string {
  return join(folder, '.stagex-probe-')
}
