import { parsePlatform } from '../../containerfile/platform.js'
import type { Platform } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'

/** A declared source file of a package, as its build sees it in the context `fetch`. */
export interface SourceFile {
  readonly file: string
  /** SHA-256, 64 hexadecimal digits. */
  readonly hash: string
}

/** Everything that says what an image is; plain data, so that it can be handed to another process. */
export interface ImageRequest {
  /** `<stage>-<name>`. */
  readonly name: string
  readonly version?: string
  /** The stage of the Containerfile to build; the last one where absent. */
  readonly target?: string
  /** At least one; each becomes a manifest of the image's index. */
  readonly platforms: readonly Platform[]
  /** Absolute path of the build context. */
  readonly context: string
  /** Absolute path of the Containerfile. */
  readonly containerfile: string
  /** What messages call the Containerfile: its path below the tree's root. */
  readonly containerfileLabel: string
  /** Absolute path of the folder that holds the sources. */
  readonly fetch: string
  readonly sources: readonly SourceFile[]
  /** Named contexts beside `fetch`, or in its place: absolute paths of folders. */
  readonly contexts?: Readonly<Record<string, string>>
  readonly buildArguments: Readonly<Record<string, string>>
  /** Names of the images that it is built from. */
  readonly dependencies: readonly string[]
}

/** What the build is given beside the images to make. */
export interface BuildOptions {
  /** How many images are built at the same time. */
  readonly jobs: number
  /** Executes every step even where its result is known. */
  readonly useCache: boolean
  /** Wall time that each RUN may take, in seconds; absent: no limit. */
  readonly stepTimeoutSeconds?: number
  /** Images whose RUNs are executed even where all is known, to see which files they read. */
  readonly watched?: readonly string[]
  /** Address space that each process of a RUN may have, in bytes; absent: no limit. */
  readonly stepMemoryBytes?: number
  /** Opens a shell in the file system of a step. */
  readonly shell?: ShellRequest
}

/** A shell that a person asked for. */
export interface ShellRequest {
  /** The image whose build it looks into; it is executed even where its result is known. */
  readonly image: string
  /** The number of the RUN before which it is opened; absent: after a RUN that failed. */
  readonly step?: number
  /** What is executed. */
  readonly argv: readonly string[]
  /** Whether standard input is a terminal, and of which kind (`TERM`). */
  readonly terminal?: string
}

/**
 * Reads `os/architecture[/variant]`. Architectures are brought to the names that OCI has for them, as BuildKit does:
 * `aarch64` is `arm64`, and an image's digest is the same by either name.
 */
export function platformOf(text: string): Platform {
  const builder = { os: 'linux', architecture: 'amd64' }
  const platform = parsePlatform(text, builder)
  if (platform !== undefined) return platform
  throw new BuildError('build/bad-platform', 'this is no platform', {
    expected: 'os/architecture[/variant], like linux/amd64',
    found: text,
    kind: 'usage'
  })
}
