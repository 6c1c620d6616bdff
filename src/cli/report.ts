import { StagexError, printable } from '../base/error.js'
import type { CommandContext } from './context.js'
import type { Output } from './output.js'
import type { Paint } from './paint.js'

/** What an error shows, in text and in JSON. */
export interface ErrorReport {
  readonly code: string
  readonly message: string
  readonly where?: string
  readonly expected?: string
  readonly found?: string
  readonly hint?: string
}

/** Prints a command's result: `value` as JSON where that is asked for, else the text that `render` makes of it. */
export function printReport<Value>(
  context: Pick<CommandContext, 'json' | 'stdout'>,
  value: Value,
  render: (value: Value, paint: Paint) => string
): void {
  const { json, stdout } = context
  stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : render(value, stdout.paint))
}

/**
 * Prints why a command failed: on standard error for people, as `{"error": …}` on standard output for
 * programs. A stack trace shows only where the environment has `STAGEX_DEBUG=1`.
 */
export function printError(
  context: Pick<CommandContext, 'json' | 'stdout' | 'stderr' | 'env'>,
  error: unknown
): void {
  const report = reportOf(error)
  if (context.json) context.stdout.write(`${JSON.stringify({ error: report }, null, 2)}\n`)
  else context.stderr.write(renderError(report, context.stderr.paint))
  if (context.env['STAGEX_DEBUG'] === '1') printTrace(context.stderr, error)
}

/** What there is to say of an error. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof StagexError) {
    const { message, where, expected, found, hint } = error
    return {
      code: String(error.code),
      message,
      ...(where !== undefined && { where }),
      ...(expected !== undefined && { expected }),
      ...(found !== undefined && { found }),
      ...(hint !== undefined && { hint })
    }
  }
  return isSystemError(error) ? reportOfSystem(error) : reportOfBug(error)
}

/** What the operating system refused, where no command has foreseen it: a full disk, a missing right. */
function reportOfSystem(error: NodeJS.ErrnoException): ErrorReport {
  return {
    code: `system/${error.code ?? 'unknown'}`,
    message: printable(error.message),
    ...(error.path !== undefined && { where: printable(error.path) })
  }
}

function reportOfBug(error: unknown): ErrorReport {
  return {
    code: 'internal/bug',
    message: printable(error instanceof Error ? error.message : String(error)),
    hint:
      'This is a mistake in stagex. Please report it, with what the same command prints ' +
      'with STAGEX_DEBUG=1 set, and with the output of stagex doctor --json.'
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function renderError(report: ErrorReport, paint: Paint): string {
  const details = [
    ['at', report.where],
    ['expected', report.expected],
    ['found', report.found],
    ['hint', report.hint]
  ] as const
  const lines = details.flatMap(([label, text]) =>
    text === undefined ? [] : [`  ${paint.faint(label.padEnd(9))} ${indented(text)}\n`]
  )
  const [message, ...rest] = report.message.split('\n')
  return [
    `${paint.bad('error:')} ${paint.strong(message ?? '')}\n`,
    ...rest.map((line) => `  ${line}\n`),
    ...lines,
    `  ${paint.faint(`[${report.code}]`)}\n`
  ].join('')
}

/** Further lines stand below the first one's text. */
function indented(text: string): string {
  return text.trimEnd().replaceAll('\n', `\n${' '.repeat(12)}`)
}

function printTrace(stderr: Output, error: unknown): void {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    stderr.write(`${printable(cause.stack ?? cause.message)}\n`)
  }
}
