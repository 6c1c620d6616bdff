import { type Dirent, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { byCodeUnit } from '../../base/order.js'
import { readText } from '../../tree/read-text.js'
import type { Package, Tree } from '../../tree/tree.js'
import { versionForms } from '../../tree/version-forms.js'

/** A line that names a version. */
export interface Mention {
  /** Path below the tree's root. */
  readonly file: string
  readonly line: number
  /** The line itself, without white space around it, at most 120 characters. */
  readonly text: string
}

/** Files of one package that are looked at; a package of more is no list of build instructions. */
const mostFiles = 2000
const mostMentions = 50

/**
 * Lines that still name a version of a package: any in the package's own folder, and those of other
 * packages that name the package, too. Files that are no text are passed over.
 */
export function mentionsOf(tree: Tree, of: Package, version: string): Mention[] {
  const { dash, under } = versionForms(version)
  // `1_2` is a form of 1.2, but that of 7 is 7 itself.
  const forms = [...new Set([version, ...(version.includes('.') ? [dash, under] : [])])]
  const own = filesBelow(of.directory).flatMap((path) => linesOf(tree.root, path, forms))
  const others = [...tree.packages.values()]
    .filter((each) => each !== of)
    .flatMap(({ directory, containerfilePath }) => [
      join(directory, 'package.toml'),
      containerfilePath
    ])
    .flatMap((path) => linesOf(tree.root, path, forms).filter(({ text }) => text.includes(of.name)))
  return [...own, ...others].slice(0, mostMentions)
}

/** Regular files only: a link may lead anywhere. */
function filesBelow(folder: string): string[] {
  const files: string[] = []
  const folders = [folder]
  for (const each of folders) {
    for (const entry of entriesOf(each)) {
      const path = join(each, entry.name)
      if (entry.isDirectory()) folders.push(path)
      if (entry.isFile()) files.push(path)
      if (files.length + folders.length > mostFiles) return files
    }
  }
  return files
}

function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.sort((a, b) => byCodeUnit(a.name, b.name))
  } catch {
    return []
  }
}

function linesOf(root: string, path: string, forms: readonly string[]): Mention[] {
  const { text } = readText(path)
  if (text === undefined || !forms.some((form) => text.includes(form))) return []
  const file = relative(root, path)
  return text.split('\n').flatMap((line, index) => {
    if (!forms.some((form) => names(line, form))) return []
    return [{ file, line: index + 1, text: line.trim().slice(0, 120) }]
  })
}

/** Whether a line has the version as such, and not as a part of a longer one: 1.2 is not in 1.2.3 or 11.2. */
function names(line: string, form: string): boolean {
  for (let at = line.indexOf(form); at >= 0; at = line.indexOf(form, at + 1)) {
    const before = line.slice(Math.max(0, at - 1), at)
    const after = line.slice(at + form.length, at + form.length + 2)
    if (!/[0-9.]/.test(before) && !/^(?:[0-9]|[._-]\d)/.test(after)) return true
  }
  return false
}
