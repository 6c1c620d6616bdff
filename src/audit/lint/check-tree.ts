import type { WatchedCopy } from '../../build/image/dependency-use.js'
import { makeGraph } from '../../tree/graph.js'
import type { Tree } from '../../tree/tree.js'
import { checkPackage } from './check-package.js'
import { byPlace, type Finding } from './finding.js'
import { Gathered } from './gathered.js'
import { inspectCopies } from './inspect-copies.js'
import { inspectImages } from './inspect-images.js'
import { inspectSources } from './inspect-sources.js'
import type { Rule } from './rule.js'

/** What to look at, and by which rules. */
export interface CheckOptions {
  readonly rules: readonly Rule[]
  /** Full names of packages; all, where absent. */
  readonly packages?: ReadonlySet<string>
  /** The store, for rules about images and sources; without it, they are not asked. */
  readonly home?: string
  /** By the full names of packages, what builds of all their images that were watched have shown. */
  readonly copies?: ReadonlyMap<string, readonly WatchedCopy[]>
}

/** Asks the rules about a tree's packages. What comments allow is left out; the order is that of files. */
export async function checkTree(
  tree: Tree,
  { rules, packages, home, copies = new Map() }: CheckOptions
): Promise<Finding[]> {
  const found = treeFindings(tree, rules)
  const names = new Set([...tree.packages.keys(), ...tree.broken.keys(), ...found.keys()])
  const wanted = [...names].filter((name) => packages?.has(name) ?? true)
  const gathered = new Gathered()
  if (home !== undefined) {
    const inspected = wanted.flatMap((name) => tree.packages.get(name) ?? [])
    const inspection = { tree, home, packages: inspected, rules }
    await inspectImages(inspection, gathered)
    await inspectSources(inspection, gathered)
  }
  inspectCopies(copies, rules, gathered)
  const findings = wanted.flatMap((name) =>
    checkPackage({ tree, name, rules, found: found.get(name) ?? [], gathered })
  )
  return findings.sort(byPlace)
}

function treeFindings(tree: Tree, rules: readonly Rule[]): ReadonlyMap<string, Finding[]> {
  const subject = { tree, graph: makeGraph(tree) }
  const found = new Map<string, Finding[]>()
  for (const rule of rules) {
    if (rule.on !== 'tree') continue
    for (const remark of rule.check(subject)) {
      const finding = { ...remark, rule: rule.name, level: rule.level }
      const others = found.get(remark.package)
      if (others === undefined) found.set(remark.package, [finding])
      else others.push(finding)
    }
  }
  return found
}
