import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { OciError } from '../error.js'

/** Each piece goes through a thread and back, which costs more than decompressing a small one. */
const pieceSize = 1 << 18

/**
 * Decompresses a gzip stream, several members after one another included. What comes out depends on the input
 * alone, so that Node's zlib may do it.
 * @param limit the most bytes that may come out
 * @throws OciError `gzip/corrupt`, `gzip/too-large`; errors of the source as they are
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  limit: number
): AsyncGenerator<Uint8Array, void, undefined> {
  const output = createGunzip({ chunkSize: pieceSize })
  pipeline(source, output, () => undefined)
  let size = 0
  try {
    for await (const piece of output as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > limit) throw new OciError('gzip/too-large', `more than ${limit} bytes come out`)
      yield piece
    }
  } catch (error) {
    throw isZlibError(error) ? corrupt(error) : error
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

function corrupt(cause: unknown): OciError {
  return new OciError('gzip/corrupt', 'the gzip stream is damaged or cut off', { cause })
}
