import { join } from 'node:path'
import { StagexError } from '../../base/error.js'
import { shownUrl } from '../../http/shown-url.js'
import { readCertificate } from '../keys/read-certificate.js'
import { parseKeys, readKeyFile, readKeys } from '../keys/read-keys.js'
import type { ListedKey } from '../maintainers/maintainers.js'
import { readMaintainers } from '../maintainers/read-maintainers.js'
import type { TransferableKey } from '../openpgp/transferable-key.js'
import { type AskingOptions, readUrl } from '../sources/read-url.js'
import { TrustError } from '../trust-error.js'
import { type KeyChange, keyChanges } from './key-changes.js'
import type { KeyPlace, KeyServer } from './key-servers.js'
import { mergedKey } from './merge-keys.js'

/** Bytes of an answer, as of a file in `keys/`. */
const LARGEST_ANSWER = 1024 * 1024

/** What one place answered. */
export interface KeyAnswer {
  readonly from: string
  /** `other`: keys, and none of them is the one that was asked for. */
  readonly state: 'found' | 'nothing' | 'other' | 'failed'
  readonly error?: StagexError
}

/** A listed key, and the news of it. */
export interface RefreshedKey {
  readonly listed: ListedKey
  /** Where it lies; absent where it does not, and then nobody is asked: no primary key ever comes in. */
  readonly file?: string
  readonly answers: readonly KeyAnswer[]
  readonly changes: readonly KeyChange[]
  /** The key with its news, where there are any. */
  readonly merged?: TransferableKey
}

/** Whom to ask, and how. */
export interface Refreshing {
  readonly servers: readonly KeyServer[]
  readonly asking: AskingOptions
  /** Seconds since 1970. */
  readonly now: number
}

/**
 * Asks for news of every listed key that lies in `keys/`: new subkeys, other ends, withdrawals. Nothing is
 * written.
 * @throws TrustError `maintainers/…`, `keys/too-many`, `keys/bad-address`
 */
export async function refreshKeys(root: string, refreshing: Refreshing): Promise<RefreshedKey[]> {
  const { maintainers } = readMaintainers(root)
  const { certificates } = readKeys(join(root, 'keys'), refreshing.now)
  const files = new Map(certificates.map(({ primary, file }) => [primary.fingerprint, file]))
  const people = new Map(maintainers.people.map((person) => [person.id, person]))
  const refreshed: RefreshedKey[] = []
  for (const listed of maintainers.keys) {
    const [file, person] = [files.get(listed.fingerprint), people.get(listed.person)]
    const keys = file === undefined ? [] : readKeyFile(join(root, file))
    const known = keys.find(({ primary }) => primary.fingerprint === listed.fingerprint)
    if (file === undefined || person === undefined || known === undefined) {
      refreshed.push({ listed, answers: [], changes: [] })
      continue
    }
    const places = refreshing.servers.flatMap((server) => server(listed, person))
    refreshed.push({ listed, file, ...(await newsOf(known, places, refreshing)) })
  }
  return refreshed
}

async function newsOf(
  known: TransferableKey,
  places: readonly KeyPlace[],
  { asking, now }: Refreshing
): Promise<Pick<RefreshedKey, 'answers' | 'changes' | 'merged'>> {
  const answers: KeyAnswer[] = []
  let merged = known
  for (const place of places) {
    const { keys, ...answer } = await ask(place, asking)
    const copies = keys.filter(({ primary }) => primary.fingerprint === known.primary.fingerprint)
    const other = answer.state === 'found' && copies.length === 0
    answers.push(other ? { ...answer, state: 'other' } : answer)
    merged = copies.reduce(mergedKey, merged)
  }
  const changes = keyChanges(readCertificate(known, '', now), readCertificate(merged, '', now))
  return { answers, changes, ...(changes.length === 0 ? {} : { merged }) }
}

/** What a place has; a place that fails says nothing, and stops nobody else. */
async function ask(
  { name, urls }: KeyPlace,
  asking: AskingOptions
): Promise<KeyAnswer & { readonly keys: readonly TransferableKey[] }> {
  let error: StagexError | undefined
  for (const url of urls) {
    try {
      const bytes = await readUrl(url, asking, wantedFrom(url))
      if (bytes !== undefined)
        return { from: name, state: 'found', keys: parseKeys(bytes, shownUrl(url)) }
      error = undefined
    } catch (thrown) {
      if (!(thrown instanceof StagexError)) throw thrown
      error = thrown as StagexError
    }
  }
  if (error === undefined) return { from: name, state: 'nothing', keys: [] }
  return { from: name, state: 'failed', error, keys: [] }
}

function wantedFrom(url: URL) {
  const where = shownUrl(url)
  return {
    largest: LARGEST_ANSWER,
    badStatus: (status: number) => {
      const found = String(status)
      return new TrustError('keys/no-answer', 'the server does not say what it has', {
        where,
        found
      })
    },
    tooLarge: () =>
      new TrustError('keys/too-large', 'the answer is too large to be a key', { where })
  }
}
