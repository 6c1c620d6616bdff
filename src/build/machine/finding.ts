/** What a machine must have before images can be built on it, or, for `cgroup`, should have. */
export type Requirement =
  | 'kernel'
  | 'node'
  | 'npm'
  | 'util-linux'
  | 'id-mapping'
  | 'subordinate-ids'
  | 'runtime'
  | 'store'
  | 'user-namespace'
  | 'overlay'
  | 'i386'
  | 'cgroup'

/** What a distribution's packages provide; `package-names.ts` knows under which name. */
export type Provision = 'util-linux' | 'id-mapping' | 'runtime'

/** How something that is missing gets here. */
export type Remedy =
  | { readonly kind: 'package'; readonly provision: Provision }
  /** A shell command that has to be run as root. */
  | { readonly kind: 'command'; readonly command: string }
  /** What a person has to do, where no command does it. */
  | { readonly kind: 'advice'; readonly text: string }

/** `missing`: no build without it. `degraded`: builds work, something is left out. */
export type Standing = 'ok' | 'degraded' | 'missing'

/** What an inspection found of one requirement. */
export interface Finding {
  readonly requirement: Requirement
  /** What it is needed for, a few words. */
  readonly purpose: string
  readonly standing: Standing
  /** What is there, for people. */
  readonly found: string
  readonly path?: string
  readonly version?: string
  readonly remedy?: Remedy
}
