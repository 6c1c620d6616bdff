/** What one package.toml says, checked field by field; nothing expanded or looked up yet. */
export interface Definition {
  readonly name: string
  readonly version?: string
  /** `<stage>-<name>` */
  readonly versionFrom?: string
  readonly description?: string
  readonly license?: string
  readonly website?: string
  readonly subpackages: readonly string[]
  readonly platforms: readonly string[]
  readonly sources: readonly SourceDefinition[]
}

/** One `[sources.<key>]`; `file` and `mirrors` still hold their placeholders. */
export interface SourceDefinition {
  readonly key: string
  /** 64 lower-case hex digits */
  readonly hash: string
  readonly mirrors: readonly string[]
  readonly version?: string
  readonly file?: string
  readonly format?: string
  readonly gitSha?: string
}
