import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, bytesOfText, fsPath } from '../../base/byte-string.js'
import { BuildError } from '../build-error.js'
import { resolveInRoot } from '../copy/resolve.js'
import { factsOf } from '../snapshot/file-facts.js'

/** A user of an image, by numbers. */
export interface ImageUser {
  readonly uid: number
  readonly gid: number
  /** Supplementary groups. */
  readonly groups: readonly number[]
}

/**
 * Looks up what USER or `--chown` names, in the tree's own `/etc/passwd` and `/etc/group`.
 * @param text `name|number[:group|number]`; '' is root
 * @throws BuildError `build/unknown-user`
 */
export function findUser(root: ByteString, text: string, where: string): ImageUser {
  const [name = '', group] = text.split(':')
  const passwd = readTable(root, 'etc/passwd')
  const groups = readTable(root, 'etc/group')
  const uid = name === '' ? 0 : numberOf(name)
  const user = passwd.find((row) => (uid === undefined ? row[0] === name : row[2] === String(uid)))
  if (user === undefined && uid === undefined) throw unknown('user', name, 'etc/passwd', where)
  const gid = group === undefined ? Number(user?.[3] ?? 0) : groupNumber(groups, group, where)
  const memberOf = group === undefined && user !== undefined ? groupsOf(groups, user[0]) : []
  return { uid: uid ?? Number(user?.[2]), gid, groups: memberOf.filter((other) => other !== gid) }
}

/** The home folder that the tree's `/etc/passwd` names for a user, `/` where it names none. */
export function homeOf(root: ByteString, uid: number): string {
  const row = readTable(root, 'etc/passwd').find((user) => user[2] === String(uid))
  return row?.[5] === undefined || row[5] === '' ? '/' : row[5]
}

function groupNumber(groups: readonly string[][], group: string, where: string): number {
  const gid = numberOf(group) ?? groups.find((row) => row[0] === group)?.[2]
  if (gid === undefined) throw unknown('group', group, 'etc/group', where)
  return Number(gid)
}

function groupsOf(groups: readonly string[][], name: string | undefined): number[] {
  const named = groups.filter((row) => row[3]?.split(',').includes(name ?? '') === true)
  return named.map((row) => Number(row[2])).sort((a, b) => a - b)
}

function numberOf(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined
}

/** Tables are small; a larger file is nobody's table. */
const largestTable = 1 << 20

function readTable(root: ByteString, path: string): string[][] {
  const file = join(root, resolveInRoot(root, bytesOfText(path)))
  const facts = factsOf(file)
  if (facts?.type !== 'file' || facts.size > largestTable) return []
  const rows = readFileSync(fsPath(file), 'utf8').split('\n')
  return rows.map((row) => row.split(':'))
}

function unknown(kind: string, name: string, file: string, where: string): BuildError {
  return new BuildError('build/unknown-user', `unknown ${kind} "${name}"`, {
    where,
    expected: `a number, or a name in the image’s /${file}`,
    found: name
  })
}
