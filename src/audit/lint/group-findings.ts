import { byCodeUnit } from '../../base/order.js'
import type { Finding } from './finding.js'

/** Joins findings that say the same of different files into one. */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, { readonly finding: Finding; readonly paths: string[] }>()
  for (const finding of findings) {
    const { rule, file, image, position, message, found, paths } = finding
    const told = JSON.stringify([rule, file, image, position, message, found])
    // What is not about files is told as often as it was found.
    const key = paths === undefined ? `${groups.size} ${told}` : told
    const group = groups.get(key) ?? { finding, paths: [] }
    group.paths.push(...(paths ?? []))
    groups.set(key, group)
  }
  return [...groups.values()].map(({ finding, paths }) => {
    return finding.paths === undefined ? finding : { ...finding, paths: inOrder(paths) }
  })
}

function inOrder(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort(byCodeUnit)
}
