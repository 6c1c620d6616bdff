import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { flag, repeated } from './option.js'
import type { Output } from './output.js'
import { printReport } from './report.js'
import type { CheckResult } from './self-test/checks.js'
import type { Tally } from './self-test/tally.js'

/** What `stagex test --json` prints. */
interface TestReport extends Tally {
  readonly checks: readonly Omit<CheckResult, 'output'>[]
}

/** `stagex test` */
export const testCommand = declareCommand({
  name: 'test',
  group: 'This machine',
  summary: 'Check and test stagex itself, after installing what its tests need',
  details: `
Runs the checks of the sources (types, lint, format, unused code, direction of imports), then the tests. What
the tests need is installed first, as root and with apt; elsewhere, tests that miss something are skipped.
The status is 1 if anything failed.`,
  options: {
    filter: repeated('--filter <text>', 'only checks and test files whose name contains the text'),
    noInstall: flag('--no-install', 'install nothing')
  },
  run: async (context, _, { filter, noInstall }) => {
    const { closingLine, sumOf } = await import('./self-test/tally.js')
    if (!noInstall) await install(context)
    const checks = await check(context, filter)
    const failed = checks.filter(({ passed }) => !passed).length
    const tally = sumOf([
      { passed: checks.length - failed, failed, skipped: 0 },
      await test(context, filter)
    ])
    if (tally.passed + tally.failed + tally.skipped === 0) throw nothingToTest(filter)
    const report = { ...tally, checks: checks.map(withoutOutput) }
    printReport<TestReport>(context, report, () => `\n${closingLine(tally)}\n`)
    return tally.failed === 0 ? 0 : 1
  }
})

/** A filter that is misspelt must not look like success. */
function nothingToTest(filter: readonly string[]): CliError {
  return new CliError('cli/bad-usage', 'there is no such check and no such test file', {
    kind: 'usage',
    expected: 'a part of the name of a check (types, lint …) or of a file below test/',
    found: filter.join(', ')
  })
}

async function install(context: CommandContext): Promise<void> {
  const { thisMachine } = await import('../build/machine/machine.js')
  const { installPeers } = await import('./self-test/install-peers.js')
  await installPeers(thisMachine(context.home, context.env), (line) => {
    context.stderr.write(`${line}\n`)
  })
}

async function check(context: CommandContext, filter: readonly string[]): Promise<CheckResult[]> {
  const { checksOf, runChecks } = await import('./self-test/checks.js')
  const chosen = checksOf(context.checkout).filter(({ name }) => {
    return filter.length === 0 || filter.some((text) => name.includes(text))
  })
  const output = progressOf(context)
  return runChecks(
    context.checkout,
    chosen,
    (result) => {
      output.write(checkLine(result, output))
    },
    context.interruption()
  )
}

async function test(context: CommandContext, filters: readonly string[]): Promise<Tally> {
  const { runUnitTests } = await import('./self-test/unit-tests.js')
  const output = progressOf(context)
  return runUnitTests({
    checkout: context.checkout,
    filters,
    colors: output.terminal,
    onOutput: (piece) => {
      output.write(piece.toString('utf8'))
    },
    signal: context.interruption()
  })
}

/** Progress is the report where people read it; where programs do, standard output is theirs. */
function progressOf(context: CommandContext): Output {
  return context.json ? context.stderr : context.stdout
}

function checkLine({ name, passed, duration, output }: CheckResult, { paint }: Output): string {
  const mark = passed ? paint.good('ok    ') : paint.bad('failed')
  const seconds = `${(duration / 1000).toFixed(1)} s`
  const complaint = passed ? '' : `${output.trimEnd()}\n`
  return `${mark}  ${name.padEnd(10)}  ${paint.faint(seconds)}\n${complaint}`
}

function withoutOutput({ name, passed, duration }: CheckResult): Omit<CheckResult, 'output'> {
  return { name, passed, duration: Math.round(duration) }
}
