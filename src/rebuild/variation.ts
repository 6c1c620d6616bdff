import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** One thing about a build's surroundings that is changed to show that nothing depends on it. */
export interface Variation {
  /** `locale`, `time zone`, … */
  readonly what: string
  /** What it is changed to, or why it stays as it is. */
  readonly value: string
  readonly varied: boolean
}

/** How a second build is started. */
export interface VariedSurroundings {
  readonly variations: readonly Variation[]
  readonly env: Readonly<Record<string, string>>
  readonly umask: string
  readonly cwd: string
  readonly jobs: number
  /** Whether the build runs under ids that belong to nobody. */
  readonly foreignIds: boolean
}

/** What is known of the surroundings of the first build. */
export interface Surroundings {
  readonly path: string
  readonly uid: number
  readonly cores: number
  /** Folders that a build under other ids would have to read. */
  readonly folders: readonly string[]
}

/** Surroundings that differ from the usual ones in everything that a build must not depend on. */
export function varySurroundings(here: Surroundings): VariedSurroundings {
  const locale = 'tr_TR.UTF-8'
  const zone = 'Pacific/Kiritimati'
  const jobs = here.cores === 1 ? 2 : 1
  const foreign = foreignIds(here)
  return {
    variations: [
      foreign,
      { what: 'umask', value: '0077', varied: true },
      { what: 'locale', value: locale, varied: true },
      { what: 'time zone', value: zone, varied: true },
      { what: 'host name', value: 'elsewhere', varied: true },
      { what: 'working directory', value: '/', varied: true },
      { what: 'jobs', value: String(jobs), varied: true },
      { what: 'store', value: 'a new one', varied: true }
    ],
    env: { PATH: here.path, LC_ALL: locale, LANG: locale, TZ: zone, STAGEX_HOSTNAME: 'elsewhere' },
    umask: '0077',
    cwd: '/',
    jobs,
    foreignIds: foreign.varied
  }
}

function foreignIds({ uid, folders }: Surroundings): Variation {
  const what = 'user'
  if (uid !== 0) return { what, value: 'only root can build under other ids', varied: false }
  const closed = folders.find((folder) => !isOpenToOthers(folder))
  return closed === undefined
    ? { what, value: 'ids of nobody', varied: true }
    : { what, value: `other users cannot read ${closed}`, varied: false }
}

/** Whether a user who is neither owner nor in the group may come to a folder and list it. */
function isOpenToOthers(folder: string): boolean {
  const readAndSearch = 0o005
  const search = 0o001
  if ((statSync(folder).mode & readAndSearch) !== readAndSearch) return false
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    if ((statSync(above).mode & search) === 0) return false
  }
  return true
}
