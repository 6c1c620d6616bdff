import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../http/clock.js'

/** The machine's clock: for waiting and giving up; nothing of it reaches an image. */
export const clock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal })
}
