import type { Plan } from '../../build/plan/plan.js'
import type { BuildEvent } from '../../build/worker/messages.js'
import type { FetchEvent } from '../../source/fetch-report.js'

/** Shows a build while it runs. */
export interface Progress {
  begin(plan: Plan): void
  event(event: BuildEvent): void
  /** Shows what happens to the sources before the build. */
  fetch(event: FetchEvent): void
  /** Leaves the terminal as a report can be printed on it; may be called twice. */
  end(): void
}
