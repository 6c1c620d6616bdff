import { tomlPlaces } from '../toml-positions.js'

/** A header or a key with its value, and the comments that go with it. */
export interface Statement extends Place {
  /** Comment lines above it; '' is an empty line, never two in a row. */
  readonly lead: readonly string[]
  /** The comment behind it in the same line. */
  readonly trail?: string
  /** Comment lines right below it, at the end of a table. */
  readonly tail: readonly string[]
}

/** Where a statement stands. */
interface Place {
  readonly kind: 'header' | 'key'
  /** The whole way down, also of a key below a header. */
  readonly path: readonly (string | number)[]
  /** Offsets in the text; a header's key is its value. */
  readonly key: number
  readonly value: number
  readonly end: number
}

/** A document cut into its statements. */
export interface Statements {
  readonly all: readonly Statement[]
  /** Comments at the end of the file. */
  readonly rest: readonly string[]
}

/**
 * Cuts a valid document into statements; every comment goes with one of them. Undefined where something
 * between them is no comment, as in a document nested deeper than positions are kept.
 */
export function statementsOf(text: string): Statements | undefined {
  const places = outermost(text)
  const gaps: Gap[] = []
  for (let index = 0; index <= places.length; index++) {
    const [before, next] = [places[index - 1], places[index]]
    const gap = splitGap(text.slice(before?.end ?? 0, next?.key), before, next)
    if (gap === undefined) return undefined
    gaps.push(gap)
  }
  const all = places.map((place, index) => {
    const { lead = [] } = gaps[index] ?? {}
    const { trail, tail = [] } = gaps[index + 1] ?? {}
    return { ...place, lead, tail, ...(trail === undefined ? {} : { trail }) }
  })
  return { all, rest: gaps.at(-1)?.lead ?? [] }
}

function outermost(text: string): Place[] {
  const places = [...tomlPlaces(text)].map(([path, place]) => ({ path, ...place }))
  places.sort((a, b) => a.key - b.key || b.end - a.end)
  const result: Place[] = []
  for (const { path, key, value, end } of places) {
    if (key < (result.at(-1)?.end ?? 0)) continue
    const kind = key === value ? 'header' : 'key'
    result.push({ kind, path: JSON.parse(path) as Place['path'], key, value, end })
  }
  return result
}

/** What stands between two statements. */
interface Gap {
  /** The rest of the first one's line. */
  readonly trail?: string
  /** Of the first one. */
  readonly tail: readonly string[]
  /** Of the second one. */
  readonly lead: readonly string[]
}

function splitGap(gap: string, before?: Place, next?: Place): Gap | undefined {
  const lines = gap.split('\n').map((line) => line.trim())
  if (!lines.every((line) => line === '' || line.startsWith('#'))) return undefined
  // The last piece is what stands before the next statement in its own line.
  if (next !== undefined) lines.pop()
  const trail = before === undefined ? undefined : lines.shift()
  const cut = before === undefined ? 0 : tailLength(lines, next)
  return {
    ...(trail === undefined || trail === '' ? {} : { trail }),
    tail: lines.slice(0, cut),
    lead: withoutDoubleBlanks(lines.slice(cut))
  }
}

/** Comments go with what is nearer; a key's at the end of its table have an empty line below. */
function tailLength(lines: readonly string[], next: Place | undefined): number {
  if (next?.kind === 'key') return 0
  const blank = lines.indexOf('')
  if (blank >= 0) return blank
  return next === undefined ? lines.length : 0
}

function withoutDoubleBlanks(lines: readonly string[]): readonly string[] {
  if (lines.every((line) => line === '')) return []
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '')
}
