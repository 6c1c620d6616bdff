import { CliError } from './cli-error.js'
import { outputTo } from './output.js'
import { printError } from './report.js'

/** The exit status of a program whose reader went away (128 + SIGPIPE). */
const brokenPipe = 141

/**
 * Ends the process where what it prints can go nowhere: quietly where the reader is gone, as in
 * `stagex list | head`, and with an error where a file cannot take it, as on a full disk.
 * @param process the running process; a stand-in in tests
 */
export function endWithoutOutput(
  process: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'exit'>
): void {
  const { stdout, stderr, env } = process
  for (const stream of [stdout, stderr]) {
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EPIPE') process.exit(brokenPipe)
      // Standard output takes nothing, so the error is told in text with --json, too.
      if (stream === stdout) {
        printError(
          {
            json: false,
            stdout: outputTo(stdout, env, true),
            stderr: outputTo(stderr, env, true),
            env
          },
          unwritable(cause)
        )
      }
      process.exit(1)
    })
  }
}

function unwritable(cause: Error): CliError {
  return new CliError('cli/unwritable-output', 'standard output cannot be written', {
    found: cause.message,
    cause
  })
}
