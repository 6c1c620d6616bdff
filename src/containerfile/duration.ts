const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  '\u00b5s': 1e3,
  '\u03bcs': 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9
}

/**
 * Reads a duration as Go writes it (`1h15m30.5s`) into nanoseconds; undefined when it is none, or too long
 * (over 104 days) to be a whole number here.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)(.*)$/s.exec(text)
  const sign = match?.[1] === '-' ? -1 : 1
  const rest = match?.[2] ?? ''
  if (rest === '0') return 0
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(rest)) return undefined
  let total = 0
  for (const [, whole = '', fraction = '', unit = ''] of rest.matchAll(/(\d*)\.?(\d*)([^\d.]+)/g)) {
    const scale = UNITS[unit] ?? 0
    total += Number(whole) * scale + fractionOf(fraction, scale)
  }
  return Number.isSafeInteger(total) ? (total === 0 ? 0 : sign * total) : undefined
}

/** Digits beyond a nanosecond are cut off. */
function fractionOf(digits: string, scale: number): number {
  if (digits === '') return 0
  const used = digits.slice(0, 18)
  return Number((BigInt(used) * BigInt(scale)) / 10n ** BigInt(used.length))
}

/** Writes nanoseconds as Go's `Duration.String` does: `1m30s`, `1.5s`, `2ms`, `0s`. */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s'
  if (nanoseconds < 1e3) return `${nanoseconds}ns`
  if (nanoseconds < 1e6) return `${decimal(nanoseconds, 1e3)}\u00b5s`
  if (nanoseconds < 1e9) return `${decimal(nanoseconds, 1e6)}ms`
  const minutes = Math.floor(nanoseconds / 60e9)
  const seconds = `${decimal(nanoseconds % 60e9, 1e9)}s`
  if (minutes === 0) return seconds
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`
}

/** `value / scale` exactly, without trailing zeros; `scale` is a power of ten. */
function decimal(value: number, scale: number): string {
  const whole = Math.floor(value / scale)
  const fraction = String(value % scale).padStart(String(scale).length - 1, '0')
  const digits = fraction.replace(/0+$/, '')
  return digits === '' ? String(whole) : `${whole}.${digits}`
}
