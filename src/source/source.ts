/**
 * A file that a package declares, with every placeholder expanded: the bytes with this SHA-256, whichever
 * mirror serves them.
 */
export interface Source {
  /** Its key in package.toml: `[sources.<key>]`. */
  readonly key: string
  /** Set where the source names a version of its own, beside the package's. */
  readonly version?: string
  /** SHA-256 of the file, 64 lower-case hex digits. */
  readonly hash: string
  /** Where to get it, in the order to try: `https:`, `http:`, `file:` or `debian:` URLs. */
  readonly mirrors: readonly string[]
  /** The file's name under `fetch/<stage>/<name>/`: one path segment. */
  readonly file: string
  readonly gitSha?: string
  readonly format?: string
}
