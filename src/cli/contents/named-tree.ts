import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ByteString } from '../../base/byte-string.js'
import { type ImageFile, readImageTree } from '../../oci/image-tree.js'
import { type LayoutImage, readLayout } from '../../oci/layout-reader.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../context.js'
import { oneImage } from '../one-image.js'

/** An image whose files were read. */
export interface NamedTree {
  /** As it was named, or `<stage>-<name>`. */
  readonly image: string
  readonly digest: string
  /** `os/architecture[/variant]` */
  readonly platform: string
  readonly files: ReadonlyMap<ByteString, ImageFile>
}

/**
 * Reads the files of an image: that of a package, from its layout in `out/`, or that of a layout whose
 * folder is named with a `/` in it.
 * @throws CliError `cli/no-layout`, `cli/no-such-platform`, `cli/bad-usage`; TreeError; OciError
 */
export async function namedTree(
  context: CommandContext,
  name: string,
  platform: string | undefined
): Promise<NamedTree> {
  const { image, folder } = name.includes('/')
    ? { image: name, folder: resolve(context.cwd, name) }
    : await builtLayout(context, name)
  const { images } = await readLayout(folder, { verifyLayers: false })
  const chosen = imageFor(images, platform, folder)
  const files = await readImageTree(chosen)
  return { image, digest: chosen.descriptor.digest, platform: platformText(chosen), files }
}

async function builtLayout(
  context: CommandContext,
  name: string
): Promise<{ image: string; folder: string }> {
  const image = await oneImage(context.root, name)
  const folder = join(context.root, 'out', image.name)
  if (existsSync(join(folder, 'index.json'))) return { image: image.name, folder }
  throw new CliError('cli/no-layout', `${image.name} is not built`, {
    kind: 'usage',
    where: folder,
    hint: `stagex build ${image.name}`
  })
}

function imageFor(
  images: readonly LayoutImage[],
  platform: string | undefined,
  folder: string
): LayoutImage {
  const found = images.find((image) => platform === undefined || platformText(image) === platform)
  if (found !== undefined) return found
  throw new CliError('cli/no-such-platform', 'the image is not for this platform', {
    kind: 'usage',
    where: folder,
    expected: images.map(platformText).join(', '),
    ...(platform !== undefined && { found: platform })
  })
}

function platformText({ config: { platform } }: LayoutImage): string {
  const { os, architecture, variant } = platform
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join('/')
}
