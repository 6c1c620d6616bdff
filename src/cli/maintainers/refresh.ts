import { printable } from '../../base/error.js'
import type { KeyChange } from '../../trust/refresh/key-changes.js'
import type { KeyAnswer, RefreshedKey } from '../../trust/refresh/refresh-keys.js'
import type { CommandContext } from '../context.js'
import type { Paint } from '../paint.js'
import { printReport } from '../report.js'
import { systemClock } from '../system-clock.js'
import { iso } from './maintainers-report.js'

/** What `stagex maintainers refresh --json` prints; times are ISO 8601. */
interface RefreshReport {
  readonly keys: readonly {
    readonly person: string
    readonly name: string
    readonly fingerprint: string
    readonly file?: string
    readonly answers: readonly {
      readonly from: string
      readonly state: KeyAnswer['state']
      readonly code?: string
    }[]
    readonly changes: readonly ChangeRow[]
  }[]
  /** Files that were written. */
  readonly written: readonly string[]
}

interface ChangeRow {
  readonly kind: KeyChange['kind']
  readonly fingerprint?: string
  readonly algorithm?: string
  readonly signs?: boolean
  readonly name?: string
  readonly from?: string
  readonly to?: string
}

/** What the command line says. */
interface RefreshWishes {
  readonly keyservers: readonly string[]
  readonly write: boolean
}

/**
 * Asks for news of the keys in `keys/`, shows them, and writes them where that is wanted.
 * @returns the status: 1 where nobody answered for a key, or it is not in `keys/`
 */
export async function refresh(
  context: CommandContext,
  { keyservers, write }: RefreshWishes
): Promise<0 | 1> {
  const { keyServer, webKeyDirectory } = await import('../../trust/refresh/key-servers.js')
  const { refreshKeys } = await import('../../trust/refresh/refresh-keys.js')
  const { writeRefreshedKeys } = await import('../../trust/refresh/write-keys.js')
  const refreshed = await refreshKeys(context.root, {
    servers: [webKeyDirectory, ...keyservers.map(keyServer)],
    asking: { clock: systemClock, environment: context.env, signal: context.interruption() },
    now: Math.floor(context.now() / 1000)
  })
  const written = write ? writeRefreshedKeys(context.root, refreshed, process.pid) : []
  printReport(context, refreshReport(refreshed, written), renderRefresh)
  return refreshed.every(isAnswered) ? 0 : 1
}

/** A place that has nothing has answered, too. */
function isAnswered({ answers }: RefreshedKey): boolean {
  return answers.some(({ state }) => state !== 'failed')
}

function refreshReport(keys: readonly RefreshedKey[], written: readonly string[]): RefreshReport {
  return {
    keys: keys.map(({ listed, file, answers, changes }) => ({
      ...listed,
      ...(file === undefined ? {} : { file }),
      answers: answers.map(({ from, state, error }) => {
        return { from, state, ...(error === undefined ? {} : { code: error.code }) }
      }),
      changes: changes.map(changeRow)
    })),
    written
  }
}

function changeRow(change: KeyChange): ChangeRow {
  if (change.kind === 'subkey-added') {
    const { fingerprint, algorithm, maySign: signs, expires } = change.subkey
    return { kind: change.kind, fingerprint, algorithm, signs, ...end('to', expires) }
  }
  if (change.kind !== 'end-moved') return change
  const { kind, fingerprint, from, to } = change
  return { kind, fingerprint, ...end('from', from), ...end('to', to) }
}

function end(name: 'from' | 'to', time: number | undefined): Partial<ChangeRow> {
  return time === undefined ? {} : { [name]: iso(time) }
}

function renderRefresh({ keys, written }: RefreshReport, paint: Paint): string {
  const lines = keys.flatMap(({ person, name, fingerprint, file, answers, changes }) => {
    const news = changes.map((change) => `  ${paint.doubtful(changeText(change))}`)
    const quiet = file === undefined ? 'not in keys/: put it there yourself' : 'nothing new'
    return [
      `${paint.strong(person)} ${name} ${fingerprint}`,
      ...(news.length > 0 ? news : [`  ${quiet}`]),
      ...answers.map(({ from, state, code }) => {
        const why = code === undefined ? '' : ` [${code}]`
        return paint.faint(`  ${printable(from)}: ${ANSWERS[state]}${why}`)
      }),
      ...(file !== undefined && answers.length === 0 ? ['  nobody to ask: --keyserver URL'] : [])
    ]
  })
  const changed = keys.some(({ changes }) => changes.length > 0)
  const hint = changed && written.length === 0 ? ['nothing is written: --write'] : []
  return [...lines, ...written.map((file) => `${file} written`), ...hint]
    .map((line) => `${line}\n`)
    .join('')
}

const ANSWERS = {
  found: 'has it',
  nothing: 'does not have it',
  other: 'has other keys, which nobody asked for',
  failed: 'no answer'
} as const

function changeText({
  kind,
  fingerprint = '',
  name = '',
  algorithm,
  signs,
  from,
  to
}: ChangeRow): string {
  const key = fingerprint.slice(-16)
  const until = (time: string | undefined): string =>
    time ? `until ${time.slice(0, 10)}` : 'without an end'
  switch (kind) {
    case 'name-added':
      return `new name: ${printable(name)}`
    case 'subkey-added':
      return `new subkey ${fingerprint}: ${[algorithm, until(to), ...(signs ? ['signs'] : [])].join(', ')}`
    case 'withdrawn':
      return `${key} is withdrawn`
    case 'may-sign':
      return `${key} may sign`
    case 'may-not-sign':
      return `${key} may not sign any more`
    case 'end-moved':
      return `${key} holds ${until(to)}, not ${until(from)}`
  }
}
