import { join } from 'node:path'
import { byCodeUnit } from '../../base/order.js'
import { replaceFile } from '../../base/write-file.js'
import { splitFullName } from '../../tree/full-name.js'
import { readText } from '../../tree/read-text.js'
import { formatDefinition } from '../../tree/style/format-definition.js'

/** What became of one package.toml. */
export interface FormattedFile {
  /** Path below the tree's root. */
  readonly file: string
  readonly state: 'unchanged' | 'changed' | 'unreadable'
}

/**
 * Puts the package.toml of each package in order.
 * @param fullNames `<stage>-<name>`; folders without a package.toml are passed over
 * @param dry write nothing
 */
export function formatPackages(
  root: string,
  fullNames: Iterable<string>,
  dry: boolean
): FormattedFile[] {
  return [...fullNames].sort(byCodeUnit).flatMap((fullName) => {
    const { stage, name } = splitFullName(fullName)
    const file = join('packages', stage, name, 'package.toml')
    const state = formatFile(join(root, file), dry)
    return state === undefined ? [] : [{ file, state }]
  })
}

function formatFile(path: string, dry: boolean): FormattedFile['state'] | undefined {
  const { text, unusable } = { unusable: undefined, ...readText(path) }
  if (text === undefined) return unusable === undefined ? undefined : 'unreadable'
  const formatted = formatDefinition(text)
  if (formatted === undefined) return 'unreadable'
  if (formatted === text) return 'unchanged'
  if (!dry) replaceFile(path, formatted, `${path}.${process.pid}`)
  return 'changed'
}
