import type { ByteString } from '../../base/byte-string.js'
import { LayerWriter, type WrittenLayer } from '../../oci/layer-writer.js'
import type { Listing } from '../snapshot/listing.js'
import { layerMembers } from './layer-members.js'

/**
 * Writes what a snapshot changed as a canonical layer (docs/format.md).
 * @param file is made; must not exist
 * @param folder the snapshot's files
 * @throws BuildError `store/corrupt-snapshot` where a file is no longer what the listing says
 */
export async function exportLayer(
  file: string,
  folder: ByteString,
  listing: Listing
): Promise<WrittenLayer> {
  const writer = await LayerWriter.create(file)
  try {
    for (const { entry, content } of layerMembers(folder, listing)) {
      await writer.entry(entry)
      for (const piece of content()) await writer.content(piece)
    }
    return await writer.close()
  } catch (error) {
    await writer.abort()
    throw error
  }
}
