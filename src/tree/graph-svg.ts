import type { GraphView } from './graph-view.js'
import { layeredLayout, type Placement } from './layered-layout.js'

/** Sizes in SVG user units. */
const CHARACTER = 7
const ROW = 26
const BOX = 20
const GAP = 90
const MARGIN = 12

/** The graph as an SVG picture: what images are built from stands to their left. */
export function graphSvg(view: GraphView): string {
  const placements = layeredLayout(view)
  const columns = columnPositions(view.names, placements)
  const boxes = new Map<string, Box>()
  for (const [name, { layer, row }] of placements) {
    const y = MARGIN + row * ROW
    boxes.set(name, { x: columns.starts[layer] ?? MARGIN, y, width: boxWidth(name) })
  }
  const rows = Math.max(0, ...[...placements.values()].map(({ row }) => row + 1))
  const height = rows * ROW + 2 * MARGIN
  const lines = view.edges.map(([from, to]) => line(boxes.get(to), boxes.get(from)))
  const nodes = view.names.map((name) => node(name, boxes.get(name)))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${columns.end}" height="${height}" ` +
      `viewBox="0 0 ${columns.end} ${height}" font-family="monospace" font-size="11">`,
    '<style>rect{fill:#fff;stroke:#456}path{fill:none;stroke:#9ab}' +
      '@media(prefers-color-scheme:dark){rect{fill:#123}text{fill:#eee}}</style>',
    ...lines,
    ...nodes,
    '</svg>',
    ''
  ].join('\n')
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** Each layer is as wide as its longest name. */
function columnPositions(
  names: readonly string[],
  placements: ReadonlyMap<string, Placement>
): { starts: number[]; end: number } {
  const widths: number[] = []
  for (const name of names) {
    const layer = placements.get(name)?.layer ?? 0
    widths[layer] = Math.max(widths[layer] ?? 0, boxWidth(name))
  }
  const starts: number[] = []
  let x = MARGIN
  for (const width of widths) {
    starts.push(x)
    x += width + GAP
  }
  return { starts, end: Math.max(2 * MARGIN, x - GAP + MARGIN) }
}

function boxWidth(name: string): number {
  return name.length * CHARACTER + 12
}

/** From the right side of what is used to the left side of what uses it. */
function line(from: Box | undefined, to: Box | undefined): string {
  if (from === undefined || to === undefined) return ''
  const [x1, y1] = [from.x + from.width, from.y + BOX / 2]
  const [x2, y2] = [to.x, to.y + BOX / 2]
  const bend = Math.round((x2 - x1) / 2)
  return `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`
}

/** Image names have no character that means something in XML. */
function node(name: string, box: Box | undefined): string {
  if (box === undefined) return ''
  const { x, y, width } = box
  const rectangle = `<rect x="${x}" y="${y}" width="${width}" height="${BOX}" rx="3"/>`
  return `<g>${rectangle}<text x="${x + 6}" y="${y + 14}">${name}</text></g>`
}
