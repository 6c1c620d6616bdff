import { join } from 'node:path'
import { readLayer } from '../../oci/layer-reader.js'
import { readLayout } from '../../oci/layout-reader.js'
import { DiverseError } from './diverse-error.js'
import { type ChainFiles, results, resultName } from './recipe.js'

/** No layer of these images is larger, uncompressed; the largest has less than 10 MiB. */
const largestTar = 64 * 2 ** 20

/**
 * The results of the chain as images have them.
 * @param out the folder of the images' layouts
 * @throws OciError where a layout is not whole; DiverseError `diverse/no-result`
 */
export async function resultsInImages(out: string): Promise<ChainFiles> {
  const found = new Map<string, Buffer>()
  for (const image of new Set(results.map((result) => result.image))) {
    for (const [path, bytes] of await filesOf(join(out, image)))
      found.set(`${image}/${path}`, bytes)
  }
  return new Map(results.map((result) => [resultName(result), present(found, resultName(result))]))
}

/** The contents of the files that are results, by path; where layers have a path twice, the last. */
async function filesOf(layout: string): Promise<Map<string, Buffer>> {
  const wanted = new Set<string>(results.map(({ path }) => path))
  const files = new Map<string, Buffer>()
  for (const image of (await readLayout(layout)).images) {
    for (const layer of image.layers) {
      for await (const { entry, content } of readLayer(layer, { tarSize: largestTar })) {
        if (entry.type !== 'file' || !wanted.has(entry.path)) continue
        const pieces: Uint8Array[] = []
        // Pieces are only valid until the next one is asked for.
        for await (const piece of content) pieces.push(Uint8Array.from(piece))
        files.set(entry.path, Buffer.concat(pieces))
      }
    }
  }
  return files
}

function present(files: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const bytes = files.get(name)
  if (bytes !== undefined) return bytes
  throw new DiverseError('diverse/no-result', 'an image does not hold what its chain is about', {
    where: name
  })
}
