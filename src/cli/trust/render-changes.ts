import type { TextChange } from '../../trust/policy/install-policy.js'
import type { Paint } from '../paint.js'

/** Lines that go and lines that come, of each file that changes. */
export function renderChanges(changes: readonly TextChange[], paint: Paint): string {
  return changes
    .map(({ file, before, after }) => {
      if (before === after) return `${file}: unchanged\n`
      const lines = differingLines((before ?? '').split('\n'), after.split('\n'))
      const shown = lines.map((line) => (line.startsWith('-') ? paint.bad(line) : paint.good(line)))
      return `${paint.strong(file)}\n${shown.map((line) => `${line}\n`).join('')}`
    })
    .join('')
}

/** What stands between the lines that both texts begin and end with. */
function differingLines(before: readonly string[], after: readonly string[]): string[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const middle = (lines: readonly string[]): readonly string[] => {
    return lines.slice(start, lines.length - end).filter((line) => line !== '')
  }
  return [...middle(before).map((line) => `- ${line}`), ...middle(after).map((line) => `+ ${line}`)]
}
