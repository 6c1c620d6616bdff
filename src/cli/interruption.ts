/** Waiting for a command to stop its work takes at most this many milliseconds. */
const patience = 10_000

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

type Ending = keyof typeof signalNumbers

/** Lets a command stop its work in order when the process is asked to end. */
export interface Interruption {
  /** From the first call on, the signals no longer end the process by themselves. */
  signal(): AbortSignal
  /** The exit status that tells what ended the process (128 + the signal's number), if something did. */
  status(): number | undefined
}

/**
 * Watches for Ctrl-C and its kin: the first aborts, a second one, or ten seconds without an end, ends the process.
 * @param process the running process; a stand-in in tests
 */
export function watchInterruption(process: Pick<NodeJS.Process, 'on' | 'exit'>): Interruption {
  const controller = new AbortController()
  let watching = false
  let status: number | undefined
  const interrupted = (signal: Ending): void => {
    if (status !== undefined) process.exit(status)
    const asked = 128 + signalNumbers[signal]
    status = asked
    controller.abort()
    setTimeout(() => process.exit(asked), patience).unref()
  }
  return {
    signal: () => {
      if (!watching) {
        for (const name of endings()) {
          process.on(name, () => {
            interrupted(name)
          })
        }
      }
      watching = true
      return controller.signal
    },
    status: () => status
  }
}

function endings(): Ending[] {
  return Object.keys(signalNumbers) as Ending[]
}
