import { byCodeUnit } from '../../base/order.js'
import type { Finding } from './finding.js'

/** Joins findings that say the same of different files into one. */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding>()
  for (const finding of findings) {
    const { rule, file, image, position, message, found, paths } = finding
    const key = JSON.stringify([rule, file, image, position, message, found])
    const group = paths === undefined ? undefined : groups.get(key)
    groups.set(paths === undefined ? `${key} ${groups.size}` : key, {
      ...finding,
      ...(paths && { paths: inOrder([...(group?.paths ?? []), ...paths]) })
    })
  }
  return [...groups.values()]
}

function inOrder(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort(byCodeUnit)
}
