import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import { printReport } from './report.js'

/** `stagex maintainers` */
export const maintainersCommand = declareCommand({
  name: 'maintainers',
  group: 'Trust',
  summary: 'Show who may sign images, and whether their keys are in order',
  arguments: '[check]',
  details: `
Lists the people of MAINTAINERS with their keys and machines. With check, only what is wrong: keys that are not in
keys/, have ended or soon will, are withdrawn, too weak or cannot sign, keys that nobody lists or that two people have.
The status is 1 where there is an error.`,
  examples: [
    ['maintainers', 'people, keys, machines'],
    ['maintainers check', 'what is to be done, for a continuous check']
  ],
  options: {},
  run: async (context, [word]) => {
    if (word !== undefined && word !== 'check') {
      throw new CliError('cli/bad-usage', 'this is nothing to do with maintainers', {
        kind: 'usage',
        expected: 'check, or nothing',
        found: word
      })
    }
    const { surveyMaintainers } = await import('../trust/maintainers/survey.js')
    const { maintainersReport, renderFindings, renderMaintainers } =
      await import('./maintainers/maintainers-report.js')
    const survey = surveyMaintainers(context.root, Math.floor(context.now() / 1000))
    const report = maintainersReport(survey)
    if (word === undefined) printReport(context, report, renderMaintainers)
    else printReport(context, report, ({ findings }, paint) => renderFindings(findings, paint))
    return report.findings.some(({ severity }) => severity === 'error') && word === 'check' ? 1 : 0
  }
})
