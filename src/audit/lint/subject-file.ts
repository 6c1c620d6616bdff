/** A file of a package that a remark can be about. */
export type SubjectFile = 'package.toml' | 'Containerfile'
