import type { Neighbours } from './graph-walk.js'

/**
 * The graph below some images as an indented tree for people. An image that was shown in full before is
 * only named, with `…` where there is more below it; so the text is as long as the graph, not as its paths.
 */
export function graphText(starts: readonly string[], neighbours: Neighbours): string {
  const shown = new Set<string>()
  const lines: string[] = []
  const pending = starts.map((name) => ({ name, lead: '', branch: '', below: '' })).reverse()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, lead, branch, below } = next
    const inner = neighbours(name)
    const again = shown.has(name) && inner.length > 0
    lines.push(`${lead}${branch}${name}${again ? ' …' : ''}\n`)
    if (shown.has(name)) continue
    shown.add(name)
    const children = inner.map((child, index) => {
      const last = index === inner.length - 1
      return {
        name: child,
        lead: lead + below,
        branch: last ? '└── ' : '├── ',
        below: last ? '    ' : '│   '
      }
    })
    pending.push(...children.reverse())
  }
  return lines.join('')
}
