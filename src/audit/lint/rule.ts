import type { WatchedCopy } from '../../build/image/dependency-use.js'
import type { Position } from '../../tree/problem.js'
import type { Allowance, Allowances } from './allowance.js'
import type { ImageSubject } from './image-subject.js'
import type { PackageSubject } from './package-subject.js'
import type { SourceMember } from './source-members.js'
import type { SubjectFile } from './subject-file.js'
import type { TreeSubject } from './tree-subject.js'

/** What a rule says of its subject. */
export interface Remark {
  readonly file: SubjectFile
  /** Absent where the file as a whole is meant. */
  readonly position?: Position
  readonly message: string
  readonly expected?: string
  readonly found?: string
  readonly hint?: string
}

/** What a rule says of a tree: also whose package it is. */
export interface TreeRemark extends Omit<Remark, 'file'> {
  /** `<stage>-<name>` */
  readonly package: string
  /** Path below the tree's root. */
  readonly file: string
}

/** The files of a package that show what a rule is about; what is left out does not matter to it. */
export type Example = Partial<Readonly<Record<SubjectFile, string>>>

/**
 * `error`: the package cannot be built, or not by everybody with the same result. `warning`: something
 * that a reviewer would ask about.
 */
export type Level = 'error' | 'warning'

interface RuleBase {
  /** Words with dashes; stable, since comments that allow findings name it. */
  readonly name: string
  readonly level: Level
  /** One line, without a full stop. */
  readonly summary: string
  /** Paragraphs for people: what is wrong with it and what to do. */
  readonly reason: string
  /** Where the rule finds something. */
  readonly bad: Example
  /** The same, mended. */
  readonly good: Example
}

/** A rule about one package's files. */
export interface PackageRule extends RuleBase {
  readonly on: 'package'
  check(subject: PackageSubject): Iterable<Remark>
}

/** A rule about how the packages of a tree fit together, or whether they can be read at all. */
export interface TreeRule extends RuleBase {
  readonly on: 'tree'
  check(subject: TreeSubject): Iterable<TreeRemark>
}

/** A rule about the comments that allow findings; it is asked when all others have answered. */
export interface CommentRule extends RuleBase {
  readonly on: 'comments'
  check(subject: CommentSubject): Iterable<Remark>
}

/** The comments of one file, and what came of them. */
export interface CommentSubject {
  readonly file: SubjectFile
  readonly allowances: Allowances
  /** The names of all rules. */
  readonly known: readonly string[]
  /** Of rules that were asked, those that allowed nothing. */
  readonly unused: readonly Allowance[]
}

/** What a rule says of one file of an image, or of a source's archive. */
export interface FileRemark {
  /** Inside the image, absolute; inside the archive, as it is named there. */
  readonly path: string
  /** The same for files that are to be told of together. */
  readonly message: string
  readonly expected?: string
  readonly hint?: string
}

/** A rule about the files of a built image. */
export interface ImageRule extends RuleBase {
  readonly on: 'image'
  check(subject: ImageSubject): Iterable<FileRemark>
}

/** A rule about the digest of a built image. */
export interface DigestRule extends RuleBase {
  readonly on: 'digest'
  check(subject: DigestSubject): Iterable<Omit<Remark, 'file'>>
}

/** An image as it is built, and as the tree says it is to be; 64 hexadecimal digits each. */
export interface DigestSubject {
  readonly built: string
  /** Absent where `digests/` does not have the image. */
  readonly recorded?: string
}

/** A rule about each member of a source's archive. */
export interface SourceRule extends RuleBase {
  readonly on: 'source'
  check(member: SourceMember): FileRemark | undefined
}

/** A rule about what a build made of the files that it copied out of other images. */
export interface ReadRule extends RuleBase {
  readonly on: 'reads'
  check(copies: readonly WatchedCopy[]): Iterable<Remark>
}

export type Rule =
  PackageRule | TreeRule | ImageRule | DigestRule | SourceRule | ReadRule | CommentRule
