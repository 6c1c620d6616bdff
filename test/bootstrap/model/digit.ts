/** The value of a hexadecimal digit, given as a byte; `undefined` for any other byte. */
export function digitValue(byte: number): number | undefined {
  const text = String.fromCharCode(byte)
  return /^[0-9A-Fa-f]$/.test(text) ? parseInt(text, 16) : undefined
}
