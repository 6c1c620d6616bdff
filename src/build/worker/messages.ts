import type { BuiltImage } from '../image/built-image.js'
import type { WatchedCopy } from '../image/dependency-use.js'
import type { BuildOptions, ImageRequest } from '../plan/image-request.js'

/** What the worker is to build; the first and only message to it. */
export interface WorkOrder {
  readonly home: string
  /** The name of the session folder to use. */
  readonly session: string
  /** When the build began, in seconds since 1970. */
  readonly since: number
  /** Session folders to remove. */
  readonly ended: readonly string[]
  readonly requests: readonly ImageRequest[]
  /** Images that need not be built, by name; what is built from them finds them here. */
  readonly known: readonly (readonly [name: string, images: readonly BuiltImage[]])[]
  readonly options: BuildOptions
  /** Environment of the caller that says which programs to use. */
  readonly programs: Readonly<Record<string, string>>
  /** Environment of the caller that says how servers are reached. */
  readonly network: Readonly<Record<string, string>>
  /** What the machine is called while building; no step can see it. */
  readonly hostname?: string
}

/** An error as it crosses from the worker: the members of a StagexError. */
export interface ErrorMessage {
  readonly code: string
  readonly message: string
  readonly kind: 'failure' | 'usage' | 'trust'
  readonly where?: string
  readonly expected?: string
  readonly found?: string
  readonly hint?: string
  readonly stack?: string
}

/** How the build of one image ended. */
export type ImageOutcome =
  | {
      readonly kind: 'built' | 'cached'
      readonly images: readonly BuiltImage[]
      /** Of a watched image, on all its platforms. */
      readonly copies?: readonly WatchedCopy[]
    }
  | { readonly kind: 'failed'; readonly error: ErrorMessage }
  | { readonly kind: 'skipped'; readonly because: string }

/** What happens in a build, in order for each step; steps of one image may run at the same time. */
export type BuildEvent =
  | { readonly event: 'image-started'; readonly image: string }
  | {
      readonly event: 'step-started'
      readonly image: string
      /** Counts from 1 over all steps of the image's stages. */
      readonly step: number
      readonly steps: number
      readonly stage: string
      readonly text: string
    }
  | {
      readonly event: 'step-output'
      readonly image: string
      readonly step: number
      readonly text: string
    }
  | {
      readonly event: 'step-ended'
      readonly image: string
      readonly step: number
      readonly cached: boolean
    }
  /** From here on the terminal belongs to a shell, until the next event. */
  | { readonly event: 'shell-opened'; readonly image: string; readonly step: number }
  | {
      readonly event: 'shell-closed'
      readonly image: string
      readonly step: number
      /** How the shell, or what was started in its place, ended. */
      readonly status: number
    }
  | { readonly event: 'image-ended'; readonly image: string; readonly outcome: ImageOutcome }
  /** It cannot be planned at all, and has no log. */
  | { readonly event: 'image-refused'; readonly image: string; readonly error: ErrorMessage }
  | { readonly event: 'worker-failed'; readonly error: ErrorMessage }
