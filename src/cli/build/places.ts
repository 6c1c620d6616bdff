import { existsSync, realpathSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { nearestExisting } from '../../base/nearest-existing.js'
import type { TreeBuild } from '../../build/build-tree.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../context.js'

/**
 * Where a build reads and writes: the folder for its layouts is checked before anything is built.
 * @param out as the command line has it; absent: `out/` in the tree
 * @throws CliError `cli/bad-usage` for a file, and for a folder in `packages/`, where every folder is a package
 */
export function placesOf(
  { cwd, root, home }: Pick<CommandContext, 'cwd' | 'root' | 'home'>,
  out = join(root, 'out')
): Pick<TreeBuild, 'root' | 'home' | 'out'> {
  const folder = resolve(cwd, out)
  const nearest = nearestExisting(folder)
  if (!nearest.isFolder) throw refusal(nearest.path, 'a file')
  const place = join(realpathSync(nearest.path), relative(nearest.path, folder))
  if (isWithin(join(root, 'packages'), place)) throw refusal(folder, 'a folder of packages')
  return { root, home, out: folder }
}

/** @param place with no link in it */
function isWithin(folder: string, place: string): boolean {
  if (!existsSync(folder)) return false
  const way = relative(realpathSync(folder), place)
  return way !== '..' && !way.startsWith(`..${sep}`)
}

function refusal(where: string, found: string): CliError {
  return new CliError('cli/bad-usage', 'layouts cannot be written here', {
    kind: 'usage',
    where,
    expected: 'a folder outside of packages/; it is made where there is none',
    found,
    hint: 'name another folder: --out <folder>'
  })
}
