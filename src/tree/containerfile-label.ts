import { relative } from 'node:path'
import type { Package, Tree } from './tree.js'

/** How messages name the Containerfile of a package: by its path within the tree. */
export function containerfileLabel({ root }: Pick<Tree, 'root'>, from: Package): string {
  return relative(root, from.containerfilePath)
}
