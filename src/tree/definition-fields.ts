/** What the text of a value must look like. */
export interface Format {
  /** Completes "expected …" for a person. */
  readonly expected: string
  readonly pattern: RegExp
}

/** A key of package.toml: the one description that validation, the JSON Schema and the editor share. */
export type Field = TextField | NumberField

interface FieldBase {
  readonly key: string
  readonly required?: true
  /** No built byte depends on it, so that a wrong value is a warning and is passed over. */
  readonly advisory?: true
  readonly description: string
}

/** A string, a list of strings, or either of the two. */
export interface TextField extends FieldBase {
  readonly shape: 'string' | 'strings' | 'string or strings'
  /** Of each string. */
  readonly format: Format
}

interface NumberField extends FieldBase {
  readonly shape: 'integer'
}

const TEXT: Format = { expected: 'one line of text', pattern: /^[^\p{Cc}]+$/u }
/** A path component of an OCI repository name (OCI distribution spec, "Pulling manifests"). */
const NAME: Format = {
  expected: 'a name of lower-case letters, digits and single separators (`.`, `_`, `-`)',
  pattern: /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
}
const FULL_NAME: Format = {
  expected: 'a full name, `<stage>-<name>`',
  pattern: /^[a-z0-9]+-[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
}
/** The version becomes the image's tag (OCI distribution spec, same place); `+` and `~` are upstreams' habit. */
const VERSION: Format = {
  expected:
    'a version that can be an image tag: at most 128 letters, digits, `.`, `_`, `-`, `+`, `~`',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._+~-]{0,127}$/
}
const SOURCE_VERSION: Format = { expected: 'a version without white space', pattern: /^[!-~]+$/ }
const LICENSE: Format = { expected: 'an SPDX licence expression', pattern: /^[ -~]{1,1000}$/ }
const WEBSITE: Format = { expected: 'an http or https URL', pattern: /^https?:\/\/[^\s/]+\S*$/ }
const PLATFORM: Format = {
  expected: 'a platform, `<os>/<architecture>[/<variant>]`',
  pattern: /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9_.]+)?$/
}
const SHA256: Format = { expected: 'a SHA-256: 64 hex digits', pattern: /^[0-9A-Fa-f]{64}$/ }
const GIT_ID: Format = {
  expected: 'a git object id: 7 to 64 hex digits',
  pattern: /^[0-9A-Fa-f]{7,64}$/
}
const MIRROR: Format = {
  expected: 'a URL',
  pattern: /^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$/
}
const FILE: Format = { expected: 'a file name', pattern: /^[^\p{Cc}]+$/u }
const FORMAT: Format = { expected: 'a file extension, like `tar.gz`', pattern: /^[\w.+-]+$/ }

/** What a source's key may be: it becomes the start of build arguments' names. */
export const SOURCE_KEY: Format = {
  expected: 'a key of letters, digits, `_`, `-`, `.`, `+`, not digits alone',
  pattern: /^(?!\d+$)[A-Za-z0-9_][A-Za-z0-9_.+-]*$/
}

/** The names of packages' folders, which are their images' names too. */
export const PACKAGE_NAME = NAME

/** Newer trees have it, some at the top of the file; nothing is built from it. */
const RELEASE_MONITORING_ID: Field = {
  key: 'release_monitoring_id',
  advisory: true,
  shape: 'integer',
  description: "The project's number at release-monitoring.org."
}

/** What may stand beside `[package]` and `[sources]`. */
export const ROOT_FIELDS: readonly Field[] = [RELEASE_MONITORING_ID]

/** `[package]` */
export const PACKAGE_FIELDS: readonly Field[] = [
  {
    key: 'name',
    required: true,
    shape: 'string',
    format: NAME,
    description: "The package's name; its folder has the same."
  },
  {
    key: 'version',
    shape: 'string',
    format: VERSION,
    description: "Upstream's version; also the image's tag. Not together with `version_from`."
  },
  {
    key: 'version_from',
    shape: 'string',
    format: FULL_NAME,
    description: 'Full name of the package whose version this one has. Not together with `version`.'
  },
  {
    key: 'description',
    advisory: true,
    shape: 'string',
    format: TEXT,
    description: 'What the package is, in one line.'
  },
  {
    key: 'license',
    advisory: true,
    shape: 'string or strings',
    format: LICENSE,
    description: 'SPDX licence expression; the entries of a list all apply.'
  },
  {
    key: 'website',
    advisory: true,
    shape: 'string',
    format: WEBSITE,
    description: "The project's home page."
  },
  {
    key: 'subpackages',
    shape: 'strings',
    format: NAME,
    description:
      'Images that the one Containerfile yields, each from its stage `package-<subpackage>`; the package itself is then no image.'
  },
  {
    key: 'platforms',
    shape: 'strings',
    format: PLATFORM,
    description: 'Platforms to build for, whatever the caller asks.'
  },
  RELEASE_MONITORING_ID
]

/** `[sources.<key>]` */
export const SOURCE_FIELDS: readonly Field[] = [
  {
    key: 'hash',
    required: true,
    shape: 'string',
    format: SHA256,
    description: "SHA-256 of the file's bytes."
  },
  {
    key: 'mirrors',
    required: true,
    shape: 'strings',
    format: MIRROR,
    description:
      'URLs of the file, tried in order: `https:`, `http:`, `file:` or `debian:<path>`. Placeholders allowed.'
  },
  {
    key: 'version',
    shape: 'string',
    format: SOURCE_VERSION,
    description: "The source's version where it is not the package's."
  },
  {
    key: 'file',
    shape: 'string',
    format: FILE,
    description:
      "The file's name under `fetch/`; else the first mirror's last path segment. Placeholders allowed."
  },
  {
    key: 'format',
    shape: 'string',
    format: FORMAT,
    description: 'What `{format}` stands for, like `tar.gz`.'
  },
  {
    key: 'git_sha',
    shape: 'string',
    format: GIT_ID,
    description: 'The git commit that the file was made from; the build gets it as an argument.'
  }
]
