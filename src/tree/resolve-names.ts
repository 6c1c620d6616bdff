import { nearest } from '../base/suggest.js'
import { splitFullName } from './full-name.js'
import { formatProblem, type Problem } from './problem.js'
import { TreeError } from './tree-error.js'
import type { Image, Tree } from './tree.js'

/** What names stand for. */
export interface Resolution {
  /** Each once, in the tree's order. */
  readonly images: readonly Image[]
  /** Packages of a named stage that cannot be used, by full name; naming one of them is an error. */
  readonly broken: ReadonlyMap<string, readonly Problem[]>
}

/**
 * Finds what a person named: a full name (`core-zlib`), a name without its stage (`zlib`), a stage
 * (`core`), or a package whose images are its subpackages.
 * @throws TreeError `tree/unknown-package`, `tree/ambiguous-name`, `tree/broken-package`
 */
export function resolveNames(tree: Tree, names: readonly string[]): Resolution {
  const index = nameIndex(tree)
  const wanted = new Set<string>()
  const broken = new Map<string, readonly Problem[]>()
  for (const name of names) {
    const meanings = exactMeaning(tree, name) ?? index.get(name) ?? []
    const [meaning] = meanings
    if (meaning === undefined) throw unknown(name, tree, index)
    if (meanings.length > 1) throw ambiguous(name, meanings)
    for (const image of meaning.images) wanted.add(image)
    for (const [fullName, problems] of meaning.broken) {
      if (!meaning.isStage) throw brokenPackage(fullName, problems)
      broken.set(fullName, problems)
    }
  }
  return { images: [...tree.images.values()].filter((image) => wanted.has(image.name)), broken }
}

/** One thing that a name may stand for. */
interface Meaning {
  readonly fullName: string
  readonly isStage: boolean
  readonly images: readonly string[]
  readonly broken: ReadonlyMap<string, readonly Problem[]>
}

/** An image comes before a package of its name: `llvm` may be one of the subpackages of `llvm`. */
function exactMeaning(tree: Tree, name: string): Meaning[] | undefined {
  const image = tree.images.get(name)
  if (image !== undefined) return [meaningOf(name, [image])]
  const owner = tree.packages.get(name)
  if (owner !== undefined) return [meaningOf(name, owner.images)]
  const problems = tree.broken.get(name)
  return problems === undefined ? undefined : [brokenMeaning(name, problems)]
}

/** Names without a stage, and stages, with everything that each may stand for. */
function nameIndex(tree: Tree): Map<string, Meaning[]> {
  const index = new Map<string, Meaning[]>()
  const add = (name: string, meaning: Meaning): void => {
    const others = index.get(name) ?? []
    if (others.some((other) => other.fullName === meaning.fullName)) return
    index.set(name, [...others, meaning])
  }
  for (const stage of stagesOf(tree)) add(stage.fullName, stage)
  for (const image of tree.images.values()) {
    add(image.name.slice(image.package.stage.length + 1), meaningOf(image.name, [image]))
  }
  for (const { name, fullName, images } of tree.packages.values()) {
    add(name, meaningOf(fullName, images))
  }
  for (const [fullName, problems] of tree.broken) {
    add(splitFullName(fullName).name, brokenMeaning(fullName, problems))
  }
  return index
}

function stagesOf(tree: Tree): Meaning[] {
  const stageOf = (fullName: string): string => splitFullName(fullName).stage
  const stages = new Set([...tree.images.keys(), ...tree.broken.keys()].map(stageOf))
  return [...stages].map((stage) => ({
    fullName: stage,
    isStage: true,
    images: [...tree.images.keys()].filter((name) => stageOf(name) === stage),
    broken: new Map([...tree.broken].filter(([name]) => stageOf(name) === stage))
  }))
}

function meaningOf(fullName: string, images: readonly Image[]): Meaning {
  const names = images.map((image) => image.name)
  return { fullName, isStage: false, images: names, broken: new Map() }
}

function brokenMeaning(fullName: string, problems: readonly Problem[]): Meaning {
  return { fullName, isStage: false, images: [], broken: new Map([[fullName, problems]]) }
}

function unknown(name: string, tree: Tree, index: ReadonlyMap<string, unknown>): TreeError {
  const near = nearest(name, [...index.keys(), ...tree.images.keys(), ...tree.packages.keys()])
  return new TreeError('tree/unknown-package', `there is no package or stage \`${name}\``, {
    where: tree.root,
    hint: near === undefined ? '`stagex list` shows all' : `did you mean \`${near}\`?`
  })
}

function ambiguous(name: string, meanings: readonly Meaning[]): TreeError {
  const all = meanings.map((meaning) =>
    meaning.isStage ? `stage ${meaning.fullName}` : meaning.fullName
  )
  return new TreeError('tree/ambiguous-name', `\`${name}\` may mean ${all.join(' or ')}`, {
    expected: 'a full name',
    found: name,
    hint: `say one of: ${meanings.map((meaning) => meaning.fullName).join(', ')}`
  })
}

/** Why a package with errors cannot be used. */
export function brokenPackage(name: string, problems: readonly Problem[]): TreeError {
  const message = `the package \`${name}\` cannot be used:\n${problems.map(formatProblem).join('\n')}`
  return new TreeError('tree/broken-package', message, {}, problems)
}
