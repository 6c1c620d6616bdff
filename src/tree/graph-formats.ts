import type { GraphView } from './graph-view.js'

/** The graph in Graphviz's language; arrows lead to what an image is built from. */
export function graphDot({ names, edges }: GraphView): string {
  const nodes = names.map((name) => `  ${quoted(name)}\n`)
  const arrows = edges.map(([from, to]) => `  ${quoted(from)} -> ${quoted(to)}\n`)
  return `digraph images {\n  rankdir=LR\n  node [shape=box]\n${nodes.join('')}${arrows.join('')}}\n`
}

/** The graph in Mermaid's language; nodes are numbered, since some image names are its keywords. */
export function graphMermaid({ names, edges }: GraphView): string {
  const ids = new Map(names.map((name, index) => [name, `n${index}`]))
  const nodes = names.map((name) => `  ${ids.get(name) ?? ''}[${quoted(name)}]\n`)
  const arrows = edges.map(([from, to]) => `  ${ids.get(from) ?? ''} --> ${ids.get(to) ?? ''}\n`)
  return `flowchart LR\n${nodes.join('')}${arrows.join('')}`
}

/** What `graph --format=json` prints, ready to be serialised: keys and entries in a fixed order. */
export function graphJson({ names, edges }: GraphView): {
  readonly images: { readonly name: string; readonly dependencies: readonly string[] }[]
} {
  const dependencies = new Map<string, string[]>(names.map((name) => [name, []]))
  for (const [from, to] of edges) dependencies.get(from)?.push(to)
  return { images: names.map((name) => ({ name, dependencies: dependencies.get(name) ?? [] })) }
}

/** Image names have neither quotes nor backslashes, so that quotes are all it takes. */
function quoted(name: string): string {
  return `"${name}"`
}
