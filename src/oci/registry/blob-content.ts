import { createReadStream } from 'node:fs'
import type { Blob } from '../blob.js'
import type { Descriptor } from '../descriptor.js'
import { type Digest, Digester } from '../digest.js'
import { RegistryError } from './registry-error.js'

const PIECE = 1 << 20

/**
 * The bytes of a blob from `start` up to `end`, verified against the digest where they are all of it: a file
 * may have changed since it was named. The last piece is held back until then, so that nobody is ever given
 * the whole of something else.
 * @param end the first byte that is not wanted
 * @throws RegistryError `registry/digest-mismatch`, `registry/size-mismatch`
 */
export async function* blobContent(
  { descriptor, source }: Blob,
  start: number,
  end: number
): AsyncGenerator<Uint8Array> {
  const digester = new Digester()
  let last: Uint8Array | undefined
  for await (const piece of pieces(source, start, end)) {
    digester.update(piece)
    if (last !== undefined) yield last
    last = piece
  }
  checkSize(descriptor, end - start, digester.size)
  if (start === 0 && end === descriptor.size) checkDigest(descriptor, digester.digest())
  if (last !== undefined) yield last
}

function checkSize({ digest }: Descriptor, expected: number, found: number): void {
  if (found === expected) return
  throw new RegistryError('registry/size-mismatch', 'a blob to be pushed is shorter than it was', {
    where: digest,
    expected: `${expected} bytes`,
    found: `${found} bytes`
  })
}

function checkDigest({ digest }: Descriptor, found: Digest): void {
  if (found === digest) return
  throw new RegistryError('registry/digest-mismatch', 'a blob to be pushed is not what it was', {
    where: digest,
    expected: digest,
    found
  })
}

async function* pieces(
  source: Blob['source'],
  start: number,
  end: number
): AsyncGenerator<Uint8Array> {
  if (start === end) return
  if ('bytes' in source) {
    yield source.bytes.subarray(start, end)
    return
  }
  const stream = createReadStream(source.path, { start, end: end - 1, highWaterMark: PIECE })
  for await (const piece of stream) yield piece as Buffer
}
