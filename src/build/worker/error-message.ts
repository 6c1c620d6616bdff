import { StagexError } from '../../base/error.js'
import { asFullDisk } from '../store/full-disk.js'
import type { ErrorMessage } from './messages.js'

/** An error in the form in which it crosses from the worker to the program. */
export function errorMessage(thrown: unknown): ErrorMessage {
  const error = asFullDisk(thrown)
  if (error instanceof StagexError) {
    const { code, message, kind, where, expected, found, hint } = error as StagexError
    return { code, message, kind, ...given({ where, expected, found, hint }) }
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { code: 'build/internal', message, kind: 'failure', ...given({ stack }) }
}

/** An error that happened in the worker, on this side again. */
export class WorkerError extends StagexError {
  constructor(error: ErrorMessage) {
    const { where, expected, found, hint, kind } = error
    super(error.code, error.message, { kind, ...given({ where, expected, found, hint }) })
    if (error.stack !== undefined) this.stack = error.stack
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function given<T extends object>(members: T): Given<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Given<T>
}
