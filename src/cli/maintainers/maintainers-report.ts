import { printable } from '../../base/error.js'
import { formatProblem } from '../../tree/problem.js'
import type { SigningKey } from '../../trust/keys/certificate.js'
import type { MaintainerFinding, Survey, SurveyedKey } from '../../trust/maintainers/survey.js'
import type { Paint } from '../paint.js'

/** A key or subkey as `stagex maintainers --json` prints it; times are ISO 8601. */
interface KeyRow {
  readonly fingerprint: string
  readonly algorithm: string
  readonly created: string
  readonly expires?: string
  readonly revoked: boolean
  readonly signs: boolean
  readonly weakness?: string
}

/** What `stagex maintainers --json` prints. */
export interface MaintainersReport {
  readonly people: readonly {
    readonly id: string
    readonly name?: string
    readonly keys: readonly {
      readonly name: string
      readonly fingerprint: string
      readonly file?: string
      readonly primary?: KeyRow
      readonly subkeys: readonly KeyRow[]
    }[]
    readonly machines: readonly {
      readonly name: string
      readonly architecture: string
      readonly cpuVendor: string
      readonly kind?: string
    }[]
  }[]
  readonly findings: readonly MaintainerFinding[]
}

export function maintainersReport({ people, problems, findings }: Survey): MaintainersReport {
  return {
    people: people.map(({ person: { id, name }, keys, machines }) => ({
      id,
      ...(name === undefined ? {} : { name }),
      keys: keys.map(keyEntry),
      machines: machines.map(({ name: machine, architecture, cpuVendor, kind }) => ({
        name: machine,
        architecture,
        cpuVendor,
        ...(kind === undefined ? {} : { kind })
      }))
    })),
    findings: [
      ...problems.map((problem) => ({
        code: 'maintainers/file' as const,
        severity: problem.severity,
        message: formatProblem(problem)
      })),
      ...findings
    ]
  }
}

function keyEntry({
  listed,
  certificate
}: SurveyedKey): MaintainersReport['people'][number]['keys'][number] {
  const { name, fingerprint } = listed
  if (certificate === undefined) return { name, fingerprint, subkeys: [] }
  const { file, primary, subkeys } = certificate
  return { name, fingerprint, file, primary: keyRow(primary), subkeys: subkeys.map(keyRow) }
}

function keyRow({
  fingerprint,
  algorithm,
  created,
  expires,
  revoked,
  maySign,
  weakness
}: SigningKey): KeyRow {
  return {
    fingerprint,
    algorithm,
    created: iso(created),
    ...(expires === undefined ? {} : { expires: iso(expires) }),
    revoked,
    signs: maySign,
    ...(weakness === undefined ? {} : { weakness })
  }
}

/** A time in seconds since 1970 as ISO 8601 has it. */
export function iso(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19)}Z`
}

export function renderMaintainers(report: MaintainersReport, paint: Paint): string {
  const people = report.people.map(({ id, name, keys, machines }) => {
    const lines = [
      ...keys.flatMap(({ name: key, fingerprint, primary, subkeys }) => [
        `  key ${key} ${fingerprint} ${primary === undefined ? paint.bad('not in keys/') : keyText(primary, paint)}`,
        ...subkeys.map((subkey) => `      subkey ${subkey.fingerprint} ${keyText(subkey, paint)}`)
      ]),
      ...machines.map(({ name: machine, architecture, cpuVendor, kind }) => {
        return `  machine ${machine} ${architecture} ${cpuVendor} ${kind ?? ''}`.trimEnd()
      })
    ]
    const title = name === undefined ? '' : ` ${printable(name)}`
    return `${paint.strong(id)}${title}\n${lines.map((line) => `${line}\n`).join('')}`
  })
  return people.join('') + renderFindings(report.findings, paint)
}

export function renderFindings(findings: readonly MaintainerFinding[], paint: Paint): string {
  return findings
    .map(({ code, severity, message }) => {
      const word = severity === 'error' ? paint.bad('error') : paint.doubtful('warning')
      return `${word}: ${printable(message)} ${paint.faint(`[${code}]`)}\n`
    })
    .join('')
}

function keyText({ algorithm, expires, revoked, signs, weakness }: KeyRow, paint: Paint): string {
  return [
    algorithm,
    expires === undefined ? 'without an end' : `until ${expires.slice(0, 10)}`,
    ...(signs ? ['signs'] : []),
    ...(revoked ? [paint.bad('withdrawn')] : []),
    ...(weakness === undefined ? [] : [paint.bad('too weak')])
  ].join(', ')
}
