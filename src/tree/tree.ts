import type { Source } from '../source/source.js'
import type { StageReferences } from './stage-references.js'
import type { Problem } from './problem.js'

/** A container image that a package yields, and what a build of it is called. */
export interface Image {
  /** `<stage>-<name>`, or `<stage>-<subpackage>`; published as `stagex/<this>`. */
  readonly name: string
  readonly package: Package
  /** The Containerfile stage to build: `package-<subpackage>`; absent where the last stage is meant. */
  readonly target?: string
}

/** A folder `packages/<stage>/<name>`, valid, its version and placeholders resolved. */
export interface Package {
  readonly stage: string
  readonly name: string
  /** `<stage>-<name>`. An image has this name only where there are no subpackages. */
  readonly fullName: string
  /** Absolute path of the folder: the build context. */
  readonly directory: string
  /** Absolute path of the Containerfile. */
  readonly containerfilePath: string
  /** Its own, or the one that `version_from` leads to. */
  readonly version?: string
  /** `<stage>-<name>` of the package that the version was taken from, as written. */
  readonly versionFrom?: string
  readonly description?: string
  /** SPDX expression; several entries in package.toml are joined by `AND`. */
  readonly license?: string
  readonly website?: string
  /** Names without their stage, in the order written. */
  readonly subpackages: readonly string[]
  /** Platforms that the package forces (`linux/386`), empty where the caller's choice holds. */
  readonly platforms: readonly string[]
  /** In the order written. */
  readonly sources: readonly Source[]
  /** What the Containerfile's ARGs receive; the order of the entries is fixed. */
  readonly buildArguments: Readonly<Record<string, string>>
  /** Its own image, or one for each subpackage in the order written. */
  readonly images: readonly Image[]
  /** The Containerfile's stages and which images each draws from. */
  readonly stages: readonly StageReferences[]
}

/** Everything under `packages/`, as of one moment. Maps iterate by stage, then name, in code unit order. */
export interface Tree {
  /** Absolute path of the folder that holds `packages/`. */
  readonly root: string
  /** By `<stage>-<name>`; packages with an error are left out. */
  readonly packages: ReadonlyMap<string, Package>
  /** By image name. */
  readonly images: ReadonlyMap<string, Image>
  /** Packages left out, and the errors that are the reason. */
  readonly broken: ReadonlyMap<string, readonly Problem[]>
  /** Errors and warnings of all files, in the order of files and positions. */
  readonly problems: readonly Problem[]
}
