import type { Finding } from './finding.js'
import type { Machine } from './machine.js'

/** An image may use the ids 0 to 65535; one of them is the user's own. */
const neededIds = 65535

/** Root may map every id; everybody else needs a share of them, see subuid(5). */
export function checkSubordinateIds(machine: Machine): Finding {
  const about = { requirement: 'subordinate-ids', purpose: 'users and groups in images' } as const
  if (machine.uid === 0) return { ...about, standing: 'ok', found: 'not needed by root' }
  const counts = ['/etc/subuid', '/etc/subgid'].map((file) => {
    return { file, count: idsOf(machine, sharesIn(machine, file)) }
  })
  const found = counts.map(({ file, count }) => `${count} in ${file}`).join(', ')
  const enough = counts.every(({ count }) => count >= neededIds)
  if (enough) return { ...about, standing: 'ok', found }
  return { ...about, standing: 'missing', found, remedy: grant(machine) }
}

interface Share {
  readonly owner: string
  readonly start: number
  readonly count: number
}

function sharesIn(machine: Machine, file: string): Share[] {
  return (machine.readText(file) ?? '')
    .split('\n')
    .map((line) => line.trim().split(':'))
    .map(([owner = '', start, count]) => ({ owner, start: Number(start), count: Number(count) }))
    .filter(({ start, count }) => Number.isSafeInteger(start) && Number.isSafeInteger(count))
}

function idsOf({ user, uid }: Machine, shares: readonly Share[]): number {
  return shares
    .filter(({ owner }) => owner === user || owner === String(uid))
    .reduce((sum, { count }) => sum + count, 0)
}

/** A range behind everybody else's, so that no two users share an id. */
function grant(machine: Machine): { kind: 'command'; command: string } {
  const shares = ['/etc/subuid', '/etc/subgid'].flatMap((file) => sharesIn(machine, file))
  const start = Math.max(100000, ...shares.map((share) => share.start + share.count))
  const range = `${start}-${start + 65535}`
  const command = `usermod --add-subuids ${range} --add-subgids ${range} ${machine.user}`
  return { kind: 'command', command }
}
