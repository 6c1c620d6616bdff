/** Longest text that expansion may produce: eight times what Linux takes as one argument or variable. */
const MAX_EXPANSION = 1 << 20

/**
 * A word cannot be expanded. The caller, who knows where the word stands, makes a
 * {@link ContainerfileError} of it.
 */
export class SubstitutionError extends Error {
  readonly reason: 'bad' | 'required' | 'quote' | 'large'
  readonly found: string

  constructor(reason: 'bad' | 'required' | 'quote' | 'large', message: string, found: string) {
    super(message)
    this.reason = reason
    this.found = found
  }
}

/** Refuses what grows beyond all use, as variables that double themselves line after line do. */
export function withinLimit(text: string): string {
  if (text.length <= MAX_EXPANSION) return text
  throw new SubstitutionError('large', `an expansion exceeds ${MAX_EXPANSION} characters`, '')
}
