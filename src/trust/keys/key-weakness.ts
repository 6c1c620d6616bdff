import { createHash } from 'node:crypto'
import type { AnyKeyPacket } from 'openpgp'

/** NIST SP 800-57 part 1 gives shorter ones less than 112 bits. */
const LEAST_RSA_BITS = 2048

/** A longer one proves nothing more, and makes every check slow: it would be a way to stop us. */
const MOST_RSA_BITS = 16384

const RSA = ['rsaEncryptSign', 'rsaSign']
const EDWARDS = ['ed25519', 'ed448', 'eddsaLegacy']
const CURVES = ['nistP256', 'nistP384', 'nistP521']

/** A key's algorithm in the words that gpg uses: `rsa4096`, `ed25519`, `nistP256`. */
export function algorithmName(packet: AnyKeyPacket): string {
  const { algorithm, bits, curve } = packet.getAlgorithmInfo()
  if (RSA.includes(algorithm)) return `rsa${bits ?? 0}`
  return (curve ?? algorithm).replace('Legacy', '')
}

/** Why signatures of a key are not to be relied on; only what is listed here is strong. */
export function keyWeakness(packet: AnyKeyPacket): string | undefined {
  if (packet.version !== 4) return `it is a key of version ${packet.version}, not 4`
  const { algorithm, bits = 0, curve } = packet.getAlgorithmInfo()
  if (RSA.includes(algorithm)) {
    const fits = bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS
    return fits ? undefined : `RSA with ${bits} bits, not ${LEAST_RSA_BITS} to ${MOST_RSA_BITS}`
  }
  if (EDWARDS.includes(algorithm)) return undefined
  if (algorithm === 'ecdsa' && CURVES.includes(curve ?? '')) return undefined
  return `the algorithm ${curve ?? algorithm} is not accepted`
}

/** The digest of a key's algorithm and numbers, without the date that its fingerprint depends on. */
export function materialOf(packet: AnyKeyPacket): string {
  // Version, four bytes of time, then algorithm and numbers (RFC 9580, section 5.5.2.2).
  return createHash('sha256').update(packet.write().subarray(5)).digest('hex')
}
