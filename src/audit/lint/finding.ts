import { printable } from '../../base/error.js'
import { byCodeUnit } from '../../base/order.js'
import type { Level, Remark } from './rule.js'

/** What a rule found, and where. */
export interface Finding extends Omit<Remark, 'file'> {
  readonly rule: string
  readonly level: Level
  /** `<stage>-<name>` */
  readonly package: string
  /** Path below the tree's root. */
  readonly file: string
  /** The image that it is about, where it is about one. */
  readonly image?: string
  /** The files that it is about: absolute in the image, or as a source's archive names them. */
  readonly paths?: readonly string[]
}

/** As many paths of a finding are shown to people. */
const SHOWN_PATHS = 3

/** By file, then by place in it, then by rule. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    byCodeUnit(a.file, b.file) ||
    (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
    (a.position?.column ?? 0) - (b.position?.column ?? 0) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.found ?? '', b.found ?? '')
  )
}

/** A finding on one line, as compilers write them, safe for a terminal; the rule stands at the end. */
export function formatFinding(finding: Finding): string {
  const { file, position, level, message, rule } = finding
  const place = position === undefined ? file : `${file}:${position.line}:${position.column}`
  return printable(`${place}: ${level}: ${[message, ...detailsOf(finding)].join('; ')} [${rule}]`)
}

/** What a finding tells beside its message. */
export function detailsOf({ image, paths, expected, found, hint }: Finding): string[] {
  const [shown, more] = [paths?.slice(0, SHOWN_PATHS).join(', '), paths?.slice(SHOWN_PATHS)]
  return [
    image === undefined ? [] : [`image ${image}`],
    shown === undefined ? [] : [more?.length ? `${shown} and ${more.length} more` : shown],
    expected === undefined ? [] : [`expected ${expected}`],
    found === undefined ? [] : [`found ${found}`],
    hint === undefined ? [] : [hint]
  ].flat()
}
