import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../base/order.js'
import { PACKAGE_NAME } from './definition-fields.js'
import type { Problem } from './problem.js'
import { TreeError } from './tree-error.js'

/** A folder that may hold a package: `packages/<stage>/<name>`. */
export interface PackageFolder {
  readonly stage: string
  readonly name: string
  readonly fullName: string
}

/** A stage has no dash, so that `<stage>-<name>` can be read in one way only. */
const STAGE_NAME = /^[a-z0-9]+$/

/**
 * The packages' folders, by stage, then name. Folders with names that no image can have are problems;
 * files, and names that begin with a dot, are none of the tree's business.
 * @throws TreeError `tree/not-a-tree` where there is no `packages` folder
 */
export function packageFolders(root: string): { folders: PackageFolder[]; problems: Problem[] } {
  const folders: PackageFolder[] = []
  const problems: Problem[] = []
  for (const stage of stageNames(root)) {
    const path = `packages/${stage}`
    if (!STAGE_NAME.test(stage)) {
      problems.push(badName(path, 'a stage: lower-case letters and digits'))
      continue
    }
    for (const name of packageNames(root, path, problems)) {
      if (PACKAGE_NAME.pattern.test(name))
        folders.push({ stage, name, fullName: `${stage}-${name}` })
      else problems.push(badName(`${path}/${name}`, PACKAGE_NAME.expected))
    }
  }
  return { folders, problems }
}

function stageNames(root: string): string[] {
  try {
    return folderNames(join(root, 'packages'))
  } catch (cause) {
    throw new TreeError('tree/not-a-tree', 'there is no tree of packages here', {
      where: root,
      expected: 'a folder `packages`',
      hint: 'go to the top of a StageX repository',
      cause
    })
  }
}

function packageNames(root: string, path: string, problems: Problem[]): string[] {
  try {
    return folderNames(join(root, path))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    problems.push({
      code: 'tree/unreadable',
      severity: 'error',
      package: nameOf(path),
      file: path,
      message: `the folder cannot be read (${code ?? message})`
    })
    return []
  }
}

/** Folders, and links that lead to one or nowhere; the latter fail when their files are read. */
function folderNames(path: string): string[] {
  return readdirSync(path, { withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => !entry.name.startsWith('.'))
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && !isFile(path, entry.name)))
    .map((entry) => entry.name)
    .sort(byCodeUnit)
}

function isFile(folder: string, name: string): boolean {
  try {
    return statSync(join(folder, name)).isFile()
  } catch {
    // It leads nowhere, or to itself.
    return false
  }
}

function badName(path: string, expected: string): Problem {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    code: 'tree/bad-directory-name',
    severity: 'error',
    package: nameOf(path),
    file: path,
    message: 'this name cannot be part of an image name',
    expected,
    found: JSON.stringify(name)
  }
}

/** What problems call the package, or the stage, of a folder. */
function nameOf(path: string): string {
  return path.split('/').slice(1).join('-')
}
