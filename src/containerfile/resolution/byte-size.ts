const UNITS = ['', 'k', 'm', 'g', 't', 'p']

/** Reads a size as Docker does (`64m`, `1.5GiB`, `4096`) into bytes; undefined when it is none. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,15})?) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text)
  if (match === null) return undefined
  const power = UNITS.indexOf((match[2] ?? '').toLowerCase())
  const bytes = Math.floor(Number(match[1]) * 1024 ** power)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}
