import type { Certificate, SigningKey } from '../keys/certificate.js'

/** What a newer copy of a key says that the tree's does not. Times are seconds since 1970. */
export type KeyChange =
  | { readonly kind: 'name-added'; readonly name: string }
  | { readonly kind: 'subkey-added'; readonly subkey: SigningKey }
  | { readonly kind: 'withdrawn'; readonly fingerprint: string }
  | { readonly kind: 'may-sign' | 'may-not-sign'; readonly fingerprint: string }
  | {
      readonly kind: 'end-moved'
      readonly fingerprint: string
      readonly from?: number
      readonly to?: number
    }

/** All that differs for anybody who asks who may sign. */
export function keyChanges(before: Certificate, after: Certificate): KeyChange[] {
  const known = new Map(before.subkeys.map((subkey) => [subkey.fingerprint, subkey]))
  return [
    ...changesOf(before.primary, after.primary),
    ...after.userIds
      .filter((name) => !before.userIds.includes(name))
      .map((name) => ({ kind: 'name-added', name }) as const),
    ...after.subkeys.flatMap((subkey) => {
      const old = known.get(subkey.fingerprint)
      return old === undefined
        ? [{ kind: 'subkey-added', subkey } as const]
        : changesOf(old, subkey)
    })
  ]
}

function changesOf(before: SigningKey, after: SigningKey): KeyChange[] {
  const { fingerprint } = after
  const changes: KeyChange[] = []
  if (after.revoked && !before.revoked) changes.push({ kind: 'withdrawn', fingerprint })
  if (after.maySign !== before.maySign) {
    changes.push({ kind: after.maySign ? 'may-sign' : 'may-not-sign', fingerprint })
  }
  if (after.expires === before.expires) return changes
  const from = before.expires === undefined ? {} : { from: before.expires }
  const to = after.expires === undefined ? {} : { to: after.expires }
  return [...changes, { kind: 'end-moved', fingerprint, ...from, ...to }]
}
