import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { watchInterruption } from '../../src/cli/interruption.js'

class Exit extends Error {}

/** A process that can be sent signals and that says with which status it was ended. */
class SampleProcess extends EventEmitter {
  status: number | undefined
  exit(status: number): never {
    this.status = status
    throw new Exit()
  }
}

let process: SampleProcess

beforeEach(() => {
  process = new SampleProcess()
})

function watch(): ReturnType<typeof watchInterruption> {
  return watchInterruption(process as unknown as NodeJS.Process)
}

describe('a signal', () => {
  it('ends a process whose command never asked to be told', () => {
    watch()
    expect(process.listenerCount('SIGINT')).toBe(0)
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129]
  ])('%s aborts a command that asked, and gives the status %i', (signal, status) => {
    const interruption = watch()
    const aborted = interruption.signal()
    expect([aborted.aborted, interruption.status()]).toEqual([false, undefined])
    process.emit(signal)
    expect([aborted.aborted, interruption.status()]).toEqual([true, status])
    expect(process.status).toBeUndefined()
  })

  it('sent twice ends the process at once', () => {
    watch().signal()
    process.emit('SIGINT')
    expect(() => process.emit('SIGINT')).toThrow(Exit)
    expect(process.status).toBe(130)
  })

  it('ends the process when the command does not stop within ten seconds', () => {
    vi.useFakeTimers()
    watch().signal()
    process.emit('SIGTERM')
    vi.advanceTimersByTime(9_999)
    expect(process.status).toBeUndefined()
    expect(() => vi.advanceTimersByTime(1)).toThrow(Exit)
    expect(process.status).toBe(143)
    vi.useRealTimers()
  })

  it('is listened to once, however often a command asks', () => {
    const interruption = watch()
    expect(interruption.signal()).toBe(interruption.signal())
    expect(process.listenerCount('SIGINT')).toBe(1)
  })
})
