/** Gives text a meaning that a terminal shows as colour or weight, or leaves it as it is. */
export interface Paint {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly doubtful: (text: string) => string
}

const asIs = (text: string): string => text

/** No escape sequences at all. */
export const plain: Paint = { strong: asIs, faint: asIs, good: asIs, bad: asIs, doubtful: asIs }

/** Escape sequences of ECMA-48 (select graphic rendition). */
export const painted: Paint = {
  strong: rendition(1, 22),
  faint: rendition(2, 22),
  good: rendition(32, 39),
  bad: rendition(31, 39),
  doubtful: rendition(33, 39)
}

function rendition(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`)
}
