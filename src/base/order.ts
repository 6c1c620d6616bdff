/** Orders strings by UTF-16 code unit: the same on every machine, whatever the locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders strings by their UTF-8 bytes, as Go and `LC_ALL=C sort` do (code units differ above U+FFFF). */
export function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
