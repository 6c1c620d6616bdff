import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ByteString, bytesOfText, fsPath } from '../../base/byte-string.js'
import { resolveInRoot } from '../copy/resolve.js'
import { type FileFacts, factsOf } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'
import type { SandboxMount } from './sandbox.js'

/**
 * Makes the places where something will be mounted, where they do not exist yet, the folders above them
 * included. They are no part of what a step does. A place below another mount is left to the runtime.
 * @returns removes those that are still empty, and gives the folders above back their times
 */
export function makeMountStubs(root: ByteString, mounts: readonly SandboxMount[]): () => void {
  const covered = [...systemFolders, ...mounts.map(({ target }) => target)].map(bytesOfText)
  const missing = mounts.flatMap((mount) => {
    const target = bytesOfText(mount.target)
    const parts = missingParts(root, resolveInRoot(root, target))
    const isCovered = covered.some((folder) => target.startsWith(`${folder}/`))
    if (!isCovered) makeStub(root, parts, isFile(mount))
    return parts
  })
  return () => {
    for (const path of missing.reverse()) removeIfEmpty(root, path)
  }
}

/** The runtime mounts these first. */
const systemFolders = ['/proc', '/dev', '/sys']

function isFile(mount: SandboxMount): boolean {
  return mount.kind === 'bind' && factsOf(bytesOfText(mount.source))?.type !== 'directory'
}

function makeStub(root: ByteString, parts: readonly ByteString[], asFile: boolean): void {
  for (const part of parts) {
    const place = fsPath(join(root, part))
    if (asFile && part === parts.at(-1)) writeFileSync(place, '', { flag: 'wx', mode: 0o755 })
    else mkdirSync(place, { mode: 0o755 })
  }
}

/** The path and those above it that are not there, shortest first. */
function missingParts(root: ByteString, path: ByteString): ByteString[] {
  const missing: ByteString[] = []
  for (let part = path; part !== '' && part !== '.'; part = dirname(part)) {
    if (factsOf(join(root, part)) !== undefined) break
    missing.unshift(part)
  }
  return missing
}

function removeIfEmpty(root: ByteString, path: ByteString): void {
  // The step may have put links where the runtime made folders, so the path is followed anew.
  const parent = join(root, resolveInRoot(root, dirname(path)))
  const file = join(parent, path.slice(path.lastIndexOf('/') + 1))
  const facts = factsOf(file)
  const above = factsOf(parent)
  if (facts === undefined || above === undefined || !isEmpty(file, facts)) return
  if (facts.type === 'directory') rmdirSync(fsPath(file))
  else rmSync(fsPath(file))
  setTime(parent, above)
}

function isEmpty(file: ByteString, facts: FileFacts): boolean {
  if (facts.type !== 'directory') return facts.size === 0
  return readdirSync(fsPath(file), { encoding: 'latin1' }).length === 0
}
