import { formatDefinition } from '../../../tree/style/format-definition.js'
import type { PackageRule } from '../rule.js'

/** A package.toml that `stagex fmt` would write otherwise. */
export const definitionStyle: PackageRule = {
  name: 'definition-style',
  on: 'package',
  level: 'warning',
  summary: 'A package.toml that is not in the one order and style',
  reason: `
Where every package.toml is written alike, a change shows nothing but what changed, and keys are found where they are
looked for. \`stagex fmt\` puts it right; comments stay where they belong.`,
  bad: { 'package.toml': "[package]\nversion='1.2.3'\nname = 'data'\n" },
  good: { 'package.toml': '[package]\nname = "data"\nversion = "1.2.3"\n' },
  *check({ definition: { text } }) {
    const formatted = formatDefinition(text)
    if (formatted === undefined || formatted === text) return
    const [lines, wanted] = [text.split('\n'), formatted.split('\n')]
    const index = lines.findIndex((line, at) => line !== wanted[at])
    yield {
      file: 'package.toml',
      position: { line: Math.max(0, index) + 1, column: 1 },
      message: 'not in the style of all others',
      hint: '`stagex fmt` rewrites it'
    }
  }
}
