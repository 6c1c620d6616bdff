import { ownStatements } from '../keys/self-signatures.js'
import type { SignaturePacket } from '../openpgp/signature-packet.js'
import type { TransferableKey } from '../openpgp/transferable-key.js'

/**
 * A key with what its owner says of it in another copy. Nothing of the known copy is lost, whatever the other
 * one leaves out, and nothing comes in that the key itself has not signed: whoever hands out copies can
 * withhold news, and can make none.
 * @param found a copy of the same primary key, from anywhere
 */
export function mergedKey(known: TransferableKey, found: TransferableKey): TransferableKey {
  if (found.primary.fingerprint !== known.primary.fingerprint) return known
  const news = ownStatements(found)
  return {
    primary: known.primary,
    signatures: union(known.signatures, news.signatures),
    users: unionBy(known.users, news.users, ({ bytes }) => Buffer.from(bytes).toString('hex')),
    subkeys: unionBy(known.subkeys, news.subkeys, ({ key }) => key.fingerprint)
  }
}

/** Something with signatures about it. */
interface Signed {
  readonly signatures: readonly SignaturePacket[]
}

function unionBy<Part extends Signed>(
  known: readonly Part[],
  found: readonly Part[],
  nameOf: (part: Part) => string
): Part[] {
  const parts = new Map(known.map((part) => [nameOf(part), part]))
  for (const part of found.filter(({ signatures }) => signatures.length > 0)) {
    const name = nameOf(part)
    const old = parts.get(name)
    parts.set(name, old ? { ...old, signatures: union(old.signatures, part.signatures) } : part)
  }
  return [...parts.values()]
}

/** One statement may come with other unsigned subpackets, which anybody can change: the known copy stays. */
function union(
  known: readonly SignaturePacket[],
  found: readonly SignaturePacket[]
): SignaturePacket[] {
  const signatures = new Map<string, SignaturePacket>()
  for (const each of [...known, ...found]) {
    const name = Buffer.from(each.hashedPart).toString('hex')
    if (!signatures.has(name)) signatures.set(name, each)
  }
  return [...signatures.values()]
}
