import { printable } from '../../base/error.js'
import type { SourceFailure, VerifiedImage } from '../../trust/quorum/verify-images.js'
import type { Paint } from '../paint.js'
import { counted } from '../readable.js'

/** What `stagex verify --json` prints. */
export interface VerifyReport {
  readonly met: boolean
  readonly threshold: number
  readonly vendors: number
  readonly images: readonly VerifyRow[]
}

interface VerifyRow {
  readonly image: string
  readonly digest: string
  readonly met: boolean
  readonly people: readonly string[]
  readonly vendors: readonly string[]
  readonly missing: readonly string[]
  readonly signatures: readonly {
    readonly where: string
    readonly person: string
    readonly key: string
    /** ISO 8601. */
    readonly signed: string
    readonly reference: string
    readonly machine?: string
    readonly cpuVendor?: string
    readonly inputs?: string
  }[]
  readonly notCounted: readonly {
    readonly where: string
    readonly code: string
    readonly message: string
    readonly person?: string
  }[]
  readonly failures: readonly FailureRow[]
}

/** A place that did not answer, and why. */
export interface FailureRow {
  readonly source: string
  readonly code: string
  readonly found?: string
}

/** The report on images; one with no image is not good. */
export function verifyReport(
  images: readonly VerifiedImage[],
  threshold: number,
  vendors: number
): VerifyReport {
  const met = images.length > 0 && images.every((image) => image.met)
  return { met, threshold, vendors, images: images.map(rowOf) }
}

function rowOf(image: VerifiedImage): VerifyRow {
  const { subject, met, people, vendors, missing, notCounted, failures } = image
  return {
    image: subject.image,
    digest: subject.digest,
    met,
    people,
    vendors,
    missing,
    signatures: image.counted.map(
      ({ where, person, fingerprint, signed, reference, machine, inputs }) => ({
        where,
        person,
        key: fingerprint,
        signed: iso(signed),
        reference,
        ...(machine && { machine: machine.name, cpuVendor: machine.cpuVendor }),
        ...(inputs && { inputs })
      })
    ),
    notCounted: notCounted.map(({ where, code, message, person }) => ({
      where,
      code,
      message: printable(message),
      ...(person === undefined ? {} : { person })
    })),
    failures: failures.map(failureRow)
  }
}

/** What is reported of a place that failed. */
export function failureRow({ source, error }: SourceFailure): FailureRow {
  const { code, found } = error
  return { source, code, ...(found === undefined ? {} : { found }) }
}

/** A line for people of each place, which may have been asked for several repositories or images. */
export function describeFailures(failures: readonly FailureRow[]): string[] {
  const lines = failures.map(({ source, code, found }) => {
    const [why] = found?.split('\n') ?? []
    return `${printable(source)}${why === undefined ? '' : `: ${why}`} [${code}]`
  })
  return [...new Set(lines)]
}

function iso(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19)}Z`
}

/** Every image that is not good with its reasons; those that are good in a line each. */
export function renderVerification(report: VerifyReport, paint: Paint): string {
  const good = report.images.filter(({ met }) => met).length
  const demand = report.vendors > 0 ? `, on processors of ${counted(report.vendors, 'vendor')}` : ''
  const sum = `${good} of ${counted(report.images.length, 'image')} signed by at least ${report.threshold}${demand}\n`
  return report.images.map((row) => renderRow(row, paint)).join('') + sum
}

function renderRow(row: VerifyRow, paint: Paint): string {
  const word = row.met ? paint.good('good') : paint.bad('refused')
  const by = row.people.length === 0 ? 'nobody' : row.people.join(', ')
  const vendors = row.vendors.length === 0 ? '' : ` on ${row.vendors.join(', ')}`
  const lines = [
    `${word} ${row.image}@${row.digest} signed by ${by}${vendors}`,
    ...(row.met ? [] : [`    missing: ${row.missing.join(', ') || 'nobody else is a maintainer'}`]),
    ...row.signatures.map(({ person, signed, key, where }) => {
      return paint.faint(`    ${person} ${signed} ${key.slice(-16)} ${printable(where)}`)
    }),
    ...row.notCounted.map(({ person, where, message, code }) => {
      const whose = person === undefined ? '' : `${person}: `
      return `    not counted: ${whose}${message} ${printable(where)} [${code}]`
    }),
    ...describeFailures(row.failures).map((failure) => `    no answer: ${failure}`)
  ]
  return lines.map((line) => `${line}\n`).join('')
}
