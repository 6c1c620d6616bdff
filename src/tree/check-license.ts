import { createRequire } from 'node:module'
import { doubtful, type Report, shown } from './finding.js'

type Parse = (expression: string) => unknown

/** Expressions already found right or wrong: a tree of thousands of packages has few different ones. */
const known = new Map<string, string | undefined>()

let parse: Parse | undefined

/** Checks SPDX licence expressions (SPDX 2.3, annex D) against the list of licences and exceptions. */
export function checkLicense(expressions: readonly string[], report: Report): void {
  expressions.forEach((expression, index) => {
    if (!known.has(expression)) known.set(expression, whyWrong(expression))
    const reason = known.get(expression)
    if (reason === undefined) return
    const path = ['package', 'license', ...(expressions.length > 1 ? [index] : [])]
    const details = {
      expected: 'an SPDX licence expression',
      found: shown(expression),
      hint: reason
    }
    report(doubtful('tree/bad-license', path, 'not an SPDX licence expression', details))
  })
}

function whyWrong(expression: string): string | undefined {
  try {
    // Loaded on first use: the licence list is needed by no command that only reads names.
    parse ??= createRequire(import.meta.url)('spdx-expression-parse') as Parse
    parse(expression)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable'
  }
}
