import type { Finding, Standing } from '../build/machine/finding.js'
import { declareCommand } from './command.js'
import type { Paint } from './paint.js'
import { printReport } from './report.js'

type Observation = Omit<Finding, 'remedy'>

/** What `stagex doctor --json` prints. */
interface Diagnosis {
  /** Whether images can be built here. */
  readonly ready: boolean
  readonly distribution: string
  readonly requirements: readonly Observation[]
  /** One command line that mends what a command can mend. */
  readonly command?: string
  /** What remains to be done by a person. */
  readonly advice: readonly string[]
}

/** `stagex doctor` */
export const doctorCommand = declareCommand({
  name: 'doctor',
  group: 'This machine',
  summary: 'Show what building needs of this machine, what is there, and what to do',
  details: `
Tries everything for real, whatever earlier runs have found. The status is 0 where images can be built here
and 1 where something is missing.`,
  options: {},
  run: async (context) => {
    const { inspectMachine } = await import('../build/machine/inspect.js')
    const { thisMachine } = await import('../build/machine/machine.js')
    const { distributionHere } = await import('../build/machine/prepare.js')
    const { remediesOf } = await import('../build/machine/remedy.js')
    const machine = thisMachine(context.home, context.env)
    const findings = await inspectMachine(machine)
    const distribution = distributionHere(machine)
    const { command, advice } = remediesOf(findings, distribution, machine.uid)
    const ready = findings.every(({ standing }) => standing !== 'missing')
    const diagnosis: Diagnosis = {
      ready,
      distribution: distribution.name,
      requirements: findings.map(observationOf),
      ...(command !== undefined && { command }),
      advice
    }
    printReport(context, diagnosis, renderDiagnosis)
    return ready ? 0 : 1
  }
})

function observationOf(finding: Finding): Observation {
  const { requirement, purpose, standing, found, path, version } = finding
  return {
    requirement,
    purpose,
    standing,
    found,
    ...(path !== undefined && { path }),
    ...(version !== undefined && { version })
  }
}

function renderDiagnosis(diagnosis: Diagnosis, paint: Paint): string {
  const rows = diagnosis.requirements.map((finding) => row(finding, paint))
  const todo = [
    ...(diagnosis.command === undefined ? [] : [diagnosis.command]),
    ...diagnosis.advice
  ]
  const verdict = diagnosis.ready
    ? paint.good('Images can be built here.')
    : paint.bad('Something is missing before images can be built here.')
  const steps = todo.length === 0 ? [] : ['', 'To do:', ...todo.map((step) => `  ${step}`)]
  return [diagnosis.distribution, '', ...rows, '', verdict, ...steps, ''].join('\n')
}

function row(finding: Observation, paint: Paint): string {
  const { requirement, standing, purpose, found, path } = finding
  const paints: Record<Standing, (text: string) => string> = {
    ok: paint.good,
    degraded: paint.doubtful,
    missing: paint.bad
  }
  const where = path === undefined ? '' : ` (${path})`
  const mark = paints[standing](standing.padEnd(8))
  return `${mark}  ${requirement.padEnd(15)}  ${found}${where}${paint.faint(`  · ${purpose}`)}`
}
