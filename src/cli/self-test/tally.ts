/** How many tests there were, by how they ended. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: 0 }

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped
    }),
    emptyTally
  )
}

/** `12 passed, 0 failed`, and how many were skipped where some were. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`
  return `${passed} passed, ${failed} failed${rest}`
}

/**
 * Reads the report of vitest's JSON reporter. A file that did not load has no tests to count, and counts
 * as one that failed.
 * @throws TypeError where the text is no such report
 */
export function tallyOf(report: string): Tally {
  const { testResults } = JSON.parse(report) as { testResults?: unknown }
  if (!Array.isArray(testResults)) throw new TypeError('vitest wrote a report without testResults')
  return sumOf((testResults as unknown[]).map(tallyOfFile))
}

function tallyOfFile(file: unknown): Tally {
  const { status, assertionResults } = file as {
    status?: unknown
    assertionResults?: readonly { readonly status?: unknown }[]
  }
  const statuses = (assertionResults ?? []).map((test) => test.status)
  const passed = statuses.filter((each) => each === 'passed').length
  const failed = statuses.filter((each) => each === 'failed').length
  const broken = status === 'failed' && failed === 0 ? 1 : 0
  return { passed, failed: failed + broken, skipped: statuses.length - passed - failed }
}
