import { loadTree } from '../tree/load-tree.js'
import { resolveNames } from '../tree/resolve-names.js'
import type { Image } from '../tree/tree.js'
import { CliError } from './cli-error.js'

/**
 * The image of the tree in `root` that a name means.
 * @throws TreeError; CliError `cli/bad-usage` where it means several, as that of a stage does
 */
export async function oneImage(root: string, name: string): Promise<Image> {
  const { images } = resolveNames(await loadTree(root), [name])
  const [image] = images
  if (image !== undefined && images.length === 1) return image
  throw new CliError('cli/bad-usage', `${name} is not one image`, {
    kind: 'usage',
    expected: 'the name of one',
    found: images.map((each) => each.name).join(' ')
  })
}
