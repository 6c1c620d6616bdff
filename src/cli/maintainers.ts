import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import { flag, repeated } from './option.js'
import { printReport } from './report.js'

/** `stagex maintainers` */
export const maintainersCommand = declareCommand({
  name: 'maintainers',
  group: 'Trust',
  summary: 'Show who may sign images, and whether their keys are in order',
  arguments: '[check|refresh]',
  details: `
Lists the people of MAINTAINERS with their keys and machines. With check, only what is wrong: keys that are not in
keys/, have ended or soon will, are withdrawn, too weak or cannot sign, keys that nobody lists or that two people have.
The status is 1 where there is an error.

With refresh, asks the web key directories of the people's e-mail domains, and key servers, for newer copies of the keys
in keys/, and shows what they say that is new: subkeys, ends, withdrawals. --write puts it into keys/; nothing is lost there,
only what a key itself has signed is taken, and no primary key ever comes in. The status is 1 where nobody answered.`,
  examples: [
    ['maintainers', 'people, keys, machines'],
    ['maintainers check', 'what is to be done, for a continuous check'],
    ['maintainers refresh --keyserver https://keys.openpgp.org', 'what would change'],
    ['maintainers refresh --write', 'newer copies from the people’s own domains']
  ],
  options: {
    keyserver: repeated('--keyserver <url>', 'with refresh: a key server to ask, too'),
    write: flag('--write', 'with refresh: write what is new to keys/')
  },
  run: async (context, [word], { keyserver: keyservers, write }) => {
    if (word === 'refresh') {
      const { refresh } = await import('./maintainers/refresh.js')
      return refresh(context, { keyservers, write })
    }
    if ((word !== undefined && word !== 'check') || write || keyservers.length > 0) {
      throw new CliError('cli/bad-usage', 'this is nothing to do with maintainers', {
        kind: 'usage',
        expected: 'check, refresh with its options, or nothing',
        found: word ?? ''
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
