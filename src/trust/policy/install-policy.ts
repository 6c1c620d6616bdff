import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../base/make-folder.js'
import { readIfThere } from '../../base/read-if-there.js'
import { replaceFile } from '../../base/write-file.js'
import type { Policy } from './policy.js'
import {
  policyJson,
  REGISTRIES_FILE,
  registriesYaml,
  RING_FOLDER,
  ringFiles
} from './policy-files.js'

/** A policy on its way into a folder of the containers tools. */
export interface Installation {
  /** `/etc/containers`, or `~/.config/containers`. */
  readonly folder: string
  /** Whose policy.json is taken where the folder has none: `/etc/containers`. */
  readonly inherits?: string
  readonly policy: Policy
  readonly lookaside: string
  /** Makes the names of temporary files differ from those of other processes. */
  readonly process: number
}

/** What a text file is, and what it becomes. */
export interface TextChange {
  readonly file: string
  readonly before: string | undefined
  readonly after: string
}

const POLICY = 'policy.json'
const BEFORE = 'policy.json.before-stagex'
/** Kept where there was no policy.json at all. */
const NOTHING = ''

/**
 * What an installation changes, key rings left aside.
 * @throws TrustError `policy/unreadable`
 */
export function policyChanges(installation: Installation): TextChange[] {
  const { folder, inherits, policy, lookaside } = installation
  const file = join(folder, POLICY)
  const before = readIfThere(file)
  const inherited = inherits === undefined ? undefined : readIfThere(join(inherits, POLICY))
  const registries = join(folder, REGISTRIES_FILE)
  return [
    { file, before, after: policyJson(before ?? inherited, policy.scopes, file) },
    {
      file: registries,
      before: readIfThere(registries),
      after: registriesYaml(Object.keys(policy.scopes), lookaside)
    }
  ]
}

/**
 * Installs a policy. The rings come first and policy.json last: at no moment is there a policy whose keys are
 * not there, and one that cannot be read refuses.
 */
export function installPolicy(installation: Installation): void {
  const { folder, policy, process } = installation
  const changes = policyChanges(installation)
  makeFolder(join(folder, RING_FOLDER))
  makeFolder(join(folder, dirname(REGISTRIES_FILE)))
  for (const { path, content } of ringFiles(policy)) {
    replaceFile(join(folder, path), content, join(folder, `${path}.${process}`))
  }
  keepBefore(folder)
  for (const { file, after } of changes.reverse()) replaceFile(file, after, `${file}.${process}`)
}

/** Whether there is a policy to take back. */
export function hasPolicy(folder: string): boolean {
  return existsSync(join(folder, BEFORE))
}

/** Takes a policy back: policy.json is again what it was before the first installation. */
export function removePolicy(folder: string): boolean {
  const kept = join(folder, BEFORE)
  const before = readIfThere(kept)
  if (before === undefined) return false
  if (before === NOTHING) rmSync(join(folder, POLICY), { force: true })
  else replaceFile(join(folder, POLICY), before, `${kept}.new`)
  rmSync(join(folder, REGISTRIES_FILE), { force: true })
  rmSync(join(folder, RING_FOLDER), { recursive: true, force: true })
  rmSync(kept)
  return true
}

function keepBefore(folder: string): void {
  const kept = join(folder, BEFORE)
  if (existsSync(kept)) return
  writeFileSync(kept, readIfThere(join(folder, POLICY)) ?? NOTHING)
}
