import type { Position } from './position.js'

/** An OCI platform. `variant` is absent where there is none. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
}

/** What a stage starts from, and where COPY --from or a mount reads. */
export type ImageSource =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly index: number }
  /** A context given by name on the command line; `name` is the key under which it was given. */
  | { readonly kind: 'named-context'; readonly name: string }
  /** An image: `reference` is normalised (registry, repository, tag or digest). */
  | { readonly kind: 'image'; readonly reference: string; readonly platform: Platform }

/** Where a COPY, an ADD or a bind mount reads: also the build context itself. */
export type StepSource = { readonly kind: 'context' } | ImageSource

/** A file that stands in the Containerfile itself. */
export interface InlineFile {
  readonly name: string
  readonly content: string
}

interface StepBase {
  /** What the history says of it. */
  readonly createdBy: string
  readonly position: Position
}

export interface RunStep extends StepBase {
  readonly kind: 'run'
  /** The vector to execute, shell included. */
  readonly argv: readonly string[]
  /** `NAME=VALUE` in BuildKit's order: the image's environment and the ARGs in scope. */
  readonly env: readonly string[]
  /** Proxy settings given as build arguments: added to `env` at run time, never part of a cache key. */
  readonly proxyEnv: readonly string[]
  /** Absolute, clean. */
  readonly cwd: string
  /** As USER said: a name or number, with an optional group; '' for root. */
  readonly user: string
  readonly network: 'default' | 'none' | 'host'
  readonly mounts: readonly RunMount[]
  /** Executable scripts (0755) to be mounted read-only at `/dev/pipes/<name>`. */
  readonly pipeFiles: readonly InlineFile[]
}

/** A mount of RUN; `target` is absolute. */
export type RunMount = BindMount | CacheMount | TmpfsMount | SecretMount

export interface BindMount {
  readonly type: 'bind'
  readonly from: StepSource
  /** Absolute path inside `from`. */
  readonly source: string
  readonly target: string
  /** When false, what is written is thrown away after the step. */
  readonly readOnly: boolean
}

export interface CacheMount {
  readonly type: 'cache'
  readonly id: string
  readonly sharing: 'shared' | 'private' | 'locked'
  /** What a fresh cache starts with. */
  readonly from: StepSource
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
}

export interface TmpfsMount {
  readonly type: 'tmpfs'
  readonly target: string
  /** In bytes; absent: no limit of its own. */
  readonly size?: number
}

export interface SecretMount {
  readonly type: 'secret'
  readonly id: string
  /** The file; absent when the secret is only an environment variable. */
  readonly target?: string
  readonly env?: string
  readonly required: boolean
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** What ADD fetches. Only what a digest pins can be part of a hermetic build, so there always is one. */
export type RemoteSource =
  | {
      readonly kind: 'http'
      readonly url: string
      /** The name that the file gets in a destination directory. */
      readonly fileName: string
      /** `sha256:<hex>` */
      readonly checksum: string
    }
  | {
      readonly kind: 'git'
      /** The repository, without fragment and query. */
      readonly repository: string
      /** Branch, tag or commit; '' for the default branch. */
      readonly reference: string
      readonly subdirectory: string
      /** The full commit id that must be found. */
      readonly commit: string
      readonly keepGitDir: boolean
      readonly submodules: boolean
    }

/** COPY (`add` false) or ADD. */
export interface CopyStep extends StepBase {
  readonly kind: 'copy'
  readonly add: boolean
  readonly from: StepSource
  /** Expanded, otherwise as written; may hold wildcards. They are relative to the root of `from`. */
  readonly sources: readonly string[]
  /** The one remote source of an ADD; `sources` is empty then. */
  readonly remote?: RemoteSource
  readonly inlineFiles: readonly InlineFile[]
  /** Absolute and clean, but for a trailing slash or `/.`, which mean that it is a directory. */
  readonly destination: string
  readonly chown?: string
  readonly chmod?: string
  /** Whether archives among the sources are extracted: ADD unless told otherwise. */
  readonly unpack: boolean
  readonly link: boolean
  readonly parents: boolean
  readonly exclude: readonly string[]
}

/** WORKDIR other than `/`: makes the directory (with the stage's user as owner) and a layer, even an empty one. */
export interface WorkdirStep extends StepBase {
  readonly kind: 'workdir'
  /** Absolute, clean. */
  readonly path: string
  readonly user: string
}

/** What makes a layer. */
export type Step = RunStep | CopyStep | WorkdirStep

/** How a container of the stage's image starts. Empty and missing members are both left out. */
export interface StageConfig {
  readonly user?: string
  /** `PORT/PROTOCOL`, sorted. */
  readonly exposedPorts?: readonly string[]
  /** `NAME=value`, in the order in which they were first set. */
  readonly env?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  /** Sorted. */
  readonly volumes?: readonly string[]
  readonly workingDir?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly stopSignal?: string
  readonly argsEscaped?: boolean
  readonly healthcheck?: HealthcheckConfig
  readonly onBuild?: readonly string[]
  readonly shell?: readonly string[]
}

/** Docker's health check; durations are whole nanoseconds, absent when zero. */
export interface HealthcheckConfig {
  readonly test?: readonly string[]
  readonly interval?: number
  readonly timeout?: number
  readonly startPeriod?: number
  readonly startInterval?: number
  readonly retries?: number
}

/** One entry that this build adds to the history (comment `buildkit.dockerfile.v0`). */
export interface HistoryEntry {
  readonly createdBy: string
  /** True for instructions that make no layer. */
  readonly emptyLayer: boolean
}

/** What a stage starts with: its base's configuration and, after FROM stage, that stage's build-time scope. */
export interface StageState {
  readonly config: StageConfig
  readonly author?: string
  readonly platform: Platform
  /** Build environment (ENV and ARG), in BuildKit's order. */
  readonly environment: ReadonlyMap<string, string>
  /** ARGs in scope, in order of first declaration; '' for one without a value. */
  readonly args: ReadonlyMap<string, string>
}

/** A stage, ready to be executed. */
export interface ResolvedStage {
  readonly index: number
  readonly name?: string
  readonly base: ImageSource
  readonly steps: readonly Step[]
  /** What the stage adds to its base's history, in order; the entries with a layer pair with `steps`. */
  readonly history: readonly HistoryEntry[]
  /** How the stage ends: its image's config, and what a stage FROM this one starts with. */
  readonly state: StageState
}
