import type { MirrorCheck } from '../../source/check-mirrors.js'
import type { Paint } from '../paint.js'
import { counted } from '../readable.js'
import { type ErrorReport, reportOf } from '../report.js'
import type { PackageSource } from './wanted-sources.js'

/** What `stagex fetch --check --json` prints of one source. */
interface CheckedSource {
  readonly package: string
  readonly key: string
  readonly file: string
  readonly hash: string
  /** Whether any mirror serves the declared bytes. */
  readonly available: boolean
  readonly mirrors: readonly { readonly url: string; readonly error?: ErrorReport }[]
}

/** What `stagex fetch --check --json` prints. */
export interface MirrorReport {
  readonly sources: readonly CheckedSource[]
}

/** Puts the checks of mirrors together by source. */
export function mirrorReport(
  wanted: readonly PackageSource[],
  checks: readonly MirrorCheck[]
): MirrorReport {
  const sources = wanted.map(({ package: from, source }) => {
    const { key, file, hash } = source
    const mirrors = checks.filter((check) => check.source === source).map(mirrorRow)
    const available = mirrors.some(({ error }) => error === undefined)
    return { package: from, key, file, hash, available, mirrors }
  })
  return { sources }
}

function mirrorRow({ mirror, error }: MirrorCheck): CheckedSource['mirrors'][number] {
  return error === undefined ? { url: mirror } : { url: mirror, error: reportOf(error) }
}

/** A line for each mirror, and one on the whole. */
export function renderMirrors({ sources }: MirrorReport, paint: Paint): string {
  const lines = sources.map((source) => {
    const name = `${source.package} ${source.file}`
    const head = source.available ? name : `${paint.bad('unavailable:')} ${name}`
    return [head, ...source.mirrors.map((mirror) => mirrorLine(mirror, paint))].join('\n')
  })
  const lost = sources.filter(({ available }) => !available).length
  const verdict =
    lost === 0 ? 'each is served by a mirror at least' : paint.bad(`no mirror serves ${lost}`)
  return [...lines, `${counted(sources.length, 'source')}: ${verdict}`, ''].join('\n')
}

function mirrorLine({ url, error }: CheckedSource['mirrors'][number], paint: Paint): string {
  if (error === undefined) return `  ${paint.good('good')}  ${url}`
  const found = error.found === undefined ? '' : `, found ${error.found.split('\n')[0] ?? ''}`
  return `  ${paint.bad('bad ')}  ${url}: ${error.message}${found}`
}
