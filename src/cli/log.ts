import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { declareCommand } from './command.js'
import { CliError } from './cli-error.js'
import { flag } from './option.js'
import { printReport } from './report.js'

/** `stagex log` */
export const logCommand = declareCommand({
  name: 'log',
  group: 'Look',
  summary: 'Print the log of the last build of an image',
  arguments: '<name>',
  options: {
    previous: flag('--previous', 'the build before the last one')
  },
  run: async (context, [name = ''], { previous }) => {
    const { oneImage } = await import('./one-image.js')
    const { logFile } = await import('../build/build-logs.js')
    const { name: image } = await oneImage(context.root, name)
    const file = logFile(join(context.home, 'logs'), image, previous)
    try {
      const log = readFileSync(file, 'utf8')
      printReport(context, { image, file, log }, () => log)
      return 0
    } catch (cause) {
      throw new CliError('cli/no-log', 'this image has no log', {
        where: file,
        hint: 'a log is written when an image is built; one that was known already keeps its older log',
        cause
      })
    }
  }
})
