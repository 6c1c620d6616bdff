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
}

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
export function detailsOf({ expected, found, hint }: Omit<Remark, 'file'>): string[] {
  return [
    expected === undefined ? [] : [`expected ${expected}`],
    found === undefined ? [] : [`found ${found}`],
    hint === undefined ? [] : [hint]
  ].flat()
}
