import type { Plan } from '../../build/plan/plan.js'
import type { BuildEvent } from '../../build/worker/messages.js'
import type { FetchEvent } from '../../source/fetch-report.js'
import type { CommandContext } from '../context.js'
import { LiveProgress } from './live-progress.js'
import { PlainProgress } from './plain-progress.js'

/** Shows a build while it runs. */
export interface Progress {
  begin(plan: Plan): void
  event(event: BuildEvent): void
  /** Shows what happens to the sources before the build. */
  fetch(event: FetchEvent): void
  /** Leaves the terminal as a report can be printed on it; may be called twice. */
  end(): void
}

/** `auto`: live on a terminal, plain lines otherwise. */
export type ProgressKind = 'auto' | 'tty' | 'plain' | 'quiet'

/** The display of a build on standard error; failures are shown in every kind. */
export function showProgress(context: CommandContext, kind: ProgressKind): Progress {
  const { stderr, home } = context
  const isLive = kind === 'tty' || (kind === 'auto' && stderr.terminal)
  if (isLive) return new LiveProgress(stderr, home, () => context.now())
  return new PlainProgress(stderr, home, kind === 'quiet')
}
