import type { FormattedFile } from './check/format-packages.js'
import { declareCommand } from './command.js'
import { flag } from './option.js'
import { printReport } from './report.js'

/** `stagex fmt` */
export const fmtCommand = declareCommand({
  name: 'fmt',
  group: 'Look',
  summary: 'Put package.toml files in order',
  arguments: '[name...]',
  details: `
Rewrites the package.toml of the packages named, or of the whole tree, in the one order and style that
docs/package-toml.md describes, and prints the names of those that changed. Comments are kept, and what a file says
never changes. One that cannot be read as TOML is named and left as it is; the status is then 1.`,
  examples: [
    ['fmt', 'all packages'],
    ['fmt --check', 'change nothing; the status is 1 where a file would change']
  ],
  options: {
    check: flag('--check', 'write nothing, only tell which files would change')
  },
  run: async (context, names, { check }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { namedPackages } = await import('./check/named-packages.js')
    const { formatPackages } = await import('./check/format-packages.js')
    const tree = await loadTree(context.root)
    const packages = namedPackages(tree, names) ?? [...tree.packages.keys(), ...tree.broken.keys()]
    const files = formatPackages(context.root, packages, check)
    const told = files.filter(({ state }) => state !== 'unchanged')
    printReport(context, { files: told }, render)
    for (const file of unreadable(told)) {
      context.stderr.write(`${file} cannot be read as TOML; stagex check tells why\n`)
    }
    return told.length === 0 || (!check && unreadable(told).length === 0) ? 0 : 1
  }
})

function render({ files }: { readonly files: readonly FormattedFile[] }): string {
  const changed = files.filter(({ state }) => state === 'changed')
  return changed.map(({ file }) => `${file}\n`).join('')
}

function unreadable(files: readonly FormattedFile[]): string[] {
  return files.filter(({ state }) => state === 'unreadable').map(({ file }) => file)
}
