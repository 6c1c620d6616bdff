/** What kinds of results are remembered; each has a folder of records. */
export const recordKinds = [
  'step',
  'image',
  'inputs',
  'keys',
  'layer',
  'exported',
  'unpacked',
  'seccomp-filter'
] as const

/** One kind of result. */
export type RecordKind = (typeof recordKinds)[number]
