import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildCommand } from './build.js'
import { bumpCommand } from './bump.js'
import { checkCommand } from './check.js'
import { completionCommand } from './completion.js'
import { contentsCommand } from './contents.js'
import { ddcCommand } from './ddc.js'
import { digestsCommand } from './digests.js'
import { doctorCommand } from './doctor.js'
import { endWithoutOutput } from './end-without-output.js'
import { fetchCommand } from './fetch.js'
import { fmtCommand } from './fmt.js'
import { gcCommand } from './gc.js'
import { graphCommand } from './graph.js'
import { watchInterruption } from './interruption.js'
import type { RegisteredCommand } from './command.js'
import { runCommandLine } from './program.js'
import { listCommand } from './list.js'
import { logCommand } from './log.js'
import { newCommand } from './new.js'
import { outdatedCommand } from './outdated.js'
import { lockCommand } from './lock.js'
import { maintainersCommand } from './maintainers.js'
import { policyCommand } from './policy.js'
import { preseedCommand } from './preseed.js'
import { publishCommand } from './publish.js'
import { pushCommand } from './push.js'
import { releaseCommand } from './release.js'
import { reproduceCommand } from './reproduce.js'
import { serveCommand } from './serve.js'
import { shellCommand } from './shell.js'
import { showCommand } from './show.js'
import { signCommand } from './sign.js'
import { testCommand } from './test.js'
import { verifyCommand } from './verify.js'
import { workingFolder } from './working-folder.js'
import { whyCommand } from './why.js'

const commands: readonly RegisteredCommand[] = [
  buildCommand,
  fetchCommand,
  reproduceCommand,
  ddcCommand,
  listCommand,
  showCommand,
  contentsCommand,
  graphCommand,
  whyCommand,
  checkCommand,
  fmtCommand,
  digestsCommand,
  logCommand,
  newCommand,
  outdatedCommand,
  shellCommand,
  bumpCommand,
  signCommand,
  verifyCommand,
  maintainersCommand,
  policyCommand,
  lockCommand,
  serveCommand,
  pushCommand,
  releaseCommand,
  publishCommand,
  preseedCommand,
  gcCommand,
  doctorCommand,
  testCommand,
  completionCommand(() => commands)
]

/**
 * Runs stagex with the arguments, environment and streams of this process.
 * @param checkout the folder that the program runs from
 */
export async function main(checkout: string): Promise<void> {
  endWithoutOutput(process)
  const interruption = watchInterruption(process)
  const world = {
    checkout,
    // Asked for only when a command runs: help needs no folder.
    get cwd() {
      return workingFolder()
    },
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => Date.now(),
    interruption: () => interruption.signal()
  }
  const status = await runCommandLine(process.argv.slice(2), commands, world, versionOf(checkout))
  process.exitCode = interruption.status() ?? status
}

function versionOf(checkout: string): string {
  const file: unknown = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'))
  const known = typeof file === 'object' && file !== null && 'version' in file
  return known && typeof file.version === 'string' ? file.version : 'unknown'
}
