/** A person who may sign. */
export interface Person {
  /** The key of the table, by which the person is counted: `[people.alice]`. */
  readonly id: string
  readonly name?: string
  readonly emails: readonly string[]
}

/** A key that `[keys.<person>.<name>]` gives to a person. */
export interface ListedKey {
  readonly person: string
  readonly name: string
  /** Of the primary key, 40 lower-case hexadecimal digits (RFC 9580, section 5.5.4.2). */
  readonly fingerprint: string
}

/** A machine that `[machines.<person>.<name>]` names; what a signature says it was built on. */
export interface Machine {
  readonly person: string
  readonly name: string
  readonly architecture: string
  /** In lower case, so that one vendor is not counted as two: `amd`, `intel`. */
  readonly cpuVendor: string
  readonly kind?: 'metal' | 'vm'
}

/** What a tree's `MAINTAINERS` says. */
export interface Maintainers {
  readonly people: readonly Person[]
  readonly keys: readonly ListedKey[]
  readonly machines: readonly Machine[]
}
