import type { Platform } from './step.js'

/** What is given to a build from outside. */
export interface BuildOptions {
  readonly buildArgs: ReadonlyMap<string, string>
  /** The platform of the machine that builds. */
  readonly buildPlatform: Platform
  /** The platform that the image is for. */
  readonly targetPlatform: Platform
  /** The stage to build; the last one when absent. */
  readonly target?: string
  /** Names of the contexts given beside the main one, as `fetch` or `debian:stable`. */
  readonly namedContexts?: Iterable<string>
}
