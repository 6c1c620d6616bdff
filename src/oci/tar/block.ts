/** A tar consists of blocks of this many bytes: headers, and content padded with zeros. */
export const blockSize = 512

/** A block of zeros: what pads and, twice, ends a tar. Not to be written to. */
export const zeroBlock = new Uint8Array(blockSize)

/** How many zeros follow content of this size. */
export function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize
}
