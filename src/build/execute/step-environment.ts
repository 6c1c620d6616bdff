import type { ImageSource, StepSource } from '../../containerfile/step.js'
import type { TransferOptions } from '../../source/fetch-options.js'
import type { SourceTree } from '../copy/select-sources.js'
import type { Runtime } from '../run/runtime.js'
import type { Sandbox, SandboxLimits } from '../run/sandbox.js'
import type { Chain, SnapshotStore } from '../snapshot/snapshot-store.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'

/** What a step's events are told to, in order. */
export interface StepListener {
  /** A piece of what a RUN wrote. */
  readonly output: (piece: Buffer) => void
}

/** A tree that a step reads: one made of snapshots, or a folder of this machine. */
export type ReadTree =
  | { readonly kind: 'snapshots'; readonly chain: Chain }
  | { readonly kind: 'folder'; readonly tree: SourceTree }

/** All that steps need beside their own definition. */
export interface StepEnvironment {
  readonly store: Store
  readonly session: Session
  readonly snapshots: SnapshotStore
  readonly runtime: () => Runtime
  /** How much a RUN may take. No part of any identity: a step that ends is the same with any limit. */
  readonly limits: SandboxLimits
  /** Seconds; later times are lowered to it wherever they are hashed. */
  readonly epoch: number
  /** Finds what COPY --from, a mount or the build context mean. */
  readonly readTree: (source: StepSource | ImageSource) => Promise<ReadTree>
  /** For the one kind of step that fetches: an ADD whose checksum pins what comes. */
  readonly fetching: TransferOptions
  readonly listener: StepListener
  readonly signal: AbortSignal | undefined
  /** Lets a person look into a RUN: before it is executed, and after it has failed. */
  readonly lookInto?: (when: 'before' | 'failed', sandbox: Sandbox) => Promise<void>
  /**
   * Whether nothing but the layer is ever made of the step's snapshot: it is kept apart from others, so that
   * the layer's times can be given to its files.
   */
  readonly exportedOnly?: boolean
  /** When false, steps are executed even where their result is known. */
  readonly useCache: boolean
}

/** What a step did to the tree. */
export interface StepResult {
  readonly chain: Chain
  /** Whether the result was known already. */
  readonly cached: boolean
}
