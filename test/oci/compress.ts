import { Digester } from '../../src/oci/digest.js'
import { GzipEncoder } from '../../src/oci/gzip/encoder.js'

/** What our encoder makes of these writes. */
export function compress(writes: Iterable<Uint8Array>): Buffer {
  const chunks: Uint8Array[] = []
  const encoder = new GzipEncoder((chunk) => chunks.push(chunk))
  for (const piece of writes) encoder.write(piece)
  encoder.close()
  return Buffer.concat(chunks)
}

/** Digest and size of what our encoder makes of these writes. */
export function compressedDigest(writes: Iterable<Uint8Array>): {
  digest: string
  compressedSize: number
} {
  const digester = new Digester()
  const encoder = new GzipEncoder((chunk) => {
    digester.update(chunk)
  })
  for (const piece of writes) encoder.write(piece)
  encoder.close()
  return { digest: digester.digest(), compressedSize: digester.size }
}
