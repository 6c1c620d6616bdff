import { readFileSync } from 'node:fs'
import { BuildError } from '../build-error.js'

/** `count` ids from `outside` on are known as `inside` and up in the new user namespace. */
export interface IdRange {
  readonly inside: number
  readonly outside: number
  readonly count: number
}

/** How many ids an image may use: 0 to 65535, as everywhere containers run without root. */
const wantedIds = 65536

/** The first of ids that no user has on any machine we know of, for root's builds as somebody else. */
export const foreignId = 1_600_000_000

/** The mapping of a build under foreign ids. */
export const foreignRange: IdRange = { inside: 0, outside: foreignId, count: wantedIds }

/**
 * The mapping in which every id that exists here keeps its number, but the very last: a process for which
 * all ids are mapped to themselves is taken for one outside of any user namespace.
 * @param ownMap the text of `/proc/self/uid_map` or `gid_map`
 */
export function identityRanges(ownMap: string): IdRange[] {
  const last = 2 ** 32 - 2
  return ownMap
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
    .map(([start = 0, , count = 0]) => ({ inside: start, outside: start, count }))
    .map((range) => ({ ...range, count: Math.min(range.count, last - range.inside) }))
}

/**
 * The mapping for an ordinary user: id 0 is `self`, the others are the user's subordinate ids.
 * @param file `/etc/subuid` or `/etc/subgid`, see subuid(5)
 * @param self the user's own id; when undefined, id 0 is a subordinate id too
 * @throws BuildError `namespace/no-subordinate-ids` where the user has too few
 */
export function subordinateRanges(
  file: string,
  user: { readonly username: string; readonly uid: number },
  self: number | undefined
): IdRange[] {
  const ranges = self === undefined ? [] : [{ inside: 0, outside: self, count: 1 }]
  let next = ranges.length
  for (const { start, count } of rangesOf(file, user)) {
    const taken = Math.min(count, wantedIds - next)
    if (taken > 0) ranges.push({ inside: next, outside: start, count: taken })
    next += Math.max(0, taken)
  }
  if (next >= wantedIds) return ranges
  throw new BuildError('namespace/no-subordinate-ids', 'too few subordinate ids for a build', {
    where: file,
    expected: `a line "${user.username}:START:65536"`,
    found: `${next - Number(self !== undefined)} ids`,
    hint: `as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user.username}`
  })
}

function rangesOf(
  file: string,
  user: { readonly username: string; readonly uid: number }
): { start: number; count: number }[] {
  return readIfThere(file)
    .split('\n')
    .map((row) => row.trim().split(':'))
    .filter(([owner]) => owner === user.username || owner === String(user.uid))
    .map(([, start, count]) => ({ start: Number(start), count: Number(count) }))
    .filter(({ start, count }) => Number.isSafeInteger(start) && Number.isSafeInteger(count))
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
