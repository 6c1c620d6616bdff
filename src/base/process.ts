import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** How a program ended, with what it wrote. */
export interface Finished {
  /** Exit status, or 128 + the signal's number where a signal ended it. */
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** How to start a program. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Text or bytes for its standard input, in a pipe; otherwise that is `/dev/null`. */
  readonly input?: string | AsyncIterable<Uint8Array>
  /** Called with each piece of output as it arrives, both streams. */
  readonly onOutput?: (piece: Buffer) => void
  /** Ends the program with SIGKILL when aborted. */
  readonly signal?: AbortSignal
}

/** Output beyond this many bytes a stream is dropped, so that a program cannot fill our memory. */
const keptOutput = 4 * 1024 * 1024

/**
 * Runs a program to its end and returns what it wrote. A program that fails is not an error here: the
 * caller knows what its status means.
 * @throws the system's error where the program cannot be started (`ENOENT`: it is not there)
 */
export function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {}
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      signal: options.signal,
      killSignal: 'SIGKILL'
    })
    const stdout = collect(child.stdout, options.onOutput)
    const stderr = collect(child.stderr, options.onOutput)
    child.on('error', reject)
    child.on('close', (status, signal) => {
      resolve({
        status: status ?? 128 + signalNumber(signal),
        stdout: stdout.text(),
        stderr: stderr.text()
      })
    })
    if (child.stdin === null || options.input === undefined) return
    feed(child.stdin, options.input).catch((error: unknown) => {
      child.kill('SIGKILL')
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })
}

async function feed(
  stdin: NodeJS.WritableStream,
  input: string | AsyncIterable<Uint8Array>
): Promise<void> {
  try {
    await pipeline(typeof input === 'string' ? Readable.from([Buffer.from(input)]) : input, stdin)
  } catch (error) {
    // A program that ends before reading its input is no error of ours.
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

function collect(
  stream: NodeJS.ReadableStream | null,
  onOutput: ((piece: Buffer) => void) | undefined
): { text: () => string } {
  const pieces: Buffer[] = []
  let size = 0
  stream?.on('data', (piece: Buffer) => {
    onOutput?.(piece)
    if (size < keptOutput) pieces.push(piece)
    size += piece.length
  })
  return { text: () => Buffer.concat(pieces).toString('utf8') }
}

function signalNumber(signal: NodeJS.Signals | null): number {
  const numbers: Partial<Record<NodeJS.Signals, number>> = {
    SIGHUP: 1,
    SIGINT: 2,
    SIGQUIT: 3,
    SIGABRT: 6,
    SIGKILL: 9,
    SIGSEGV: 11,
    SIGTERM: 15
  }
  return (signal === null ? undefined : numbers[signal]) ?? 0
}
