import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphDot, graphJson, graphMermaid } from '../../src/tree/graph-formats.js'
import { graphSvg } from '../../src/tree/graph-svg.js'
import { graphText } from '../../src/tree/graph-text.js'
import { graphView } from '../../src/tree/graph-view.js'
import { layeredLayout } from '../../src/tree/layered-layout.js'
import { anyAcyclicGraph, anyGraph, graphOf } from './graph-fixture.js'

const graph = graphOf({
  'user-app': ['core-libc', 'core-zlib'],
  'core-zlib': ['core-libc'],
  'core-libc': ['bootstrap-stage3'],
  other: ['core-libc']
})
const view = graphView(graph, ['bootstrap-stage3', 'core-libc', 'core-zlib', 'user-app'])

describe('the graph as text', () => {
  test('shows an image in full once, and then names it', () => {
    expect(graphText(['user-app'], graph.dependencies)).toBe(
      [
        'user-app',
        '├── core-libc',
        '│   └── bootstrap-stage3',
        '└── core-zlib',
        '    └── core-libc …',
        ''
      ].join('\n')
    )
  })

  test('goes the other way round', () => {
    expect(graphText(['core-zlib'], graph.dependants)).toBe('core-zlib\n└── user-app\n')
  })

  test('has a line for every edge and every start, cycles or not', () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const [start] = any.names
        if (start === undefined) return
        const text = graphText([start], any.dependencies)
        const full = graphView(any, any.names)
        expect(text.split('\n').length - 2).toBeLessThanOrEqual(full.edges.length)
      })
    )
  })
})

test('the graph in Graphviz’s language', () => {
  expect(graphDot(view)).toBe(
    [
      'digraph images {',
      '  rankdir=LR',
      '  node [shape=box]',
      '  "bootstrap-stage3"',
      '  "core-libc"',
      '  "core-zlib"',
      '  "user-app"',
      '  "core-libc" -> "bootstrap-stage3"',
      '  "core-zlib" -> "core-libc"',
      '  "user-app" -> "core-libc"',
      '  "user-app" -> "core-zlib"',
      '}',
      ''
    ].join('\n')
  )
})

test('the graph in Mermaid’s language', () => {
  expect(graphMermaid(view)).toBe(
    [
      'flowchart LR',
      '  n0["bootstrap-stage3"]',
      '  n1["core-libc"]',
      '  n2["core-zlib"]',
      '  n3["user-app"]',
      '  n1 --> n0',
      '  n2 --> n1',
      '  n3 --> n1',
      '  n3 --> n2',
      ''
    ].join('\n')
  )
})

test('the graph as data has the images in view only', () => {
  expect(graphJson(graphView(graph, ['core-libc', 'user-app']))).toEqual({
    images: [
      { name: 'core-libc', dependencies: [] },
      { name: 'user-app', dependencies: ['core-libc'] }
    ]
  })
})

describe('the graph as a picture', () => {
  test('has every image right of what it is built from, and no two in one place', () => {
    fc.assert(
      fc.property(anyAcyclicGraph, (any) => {
        const full = graphView(any, any.names)
        const places = layeredLayout(full)
        expect(places.size).toBe(full.names.length)
        for (const [from, to] of full.edges) {
          expect(places.get(from)?.layer).toBeGreaterThan(places.get(to)?.layer ?? 99)
        }
        const taken = new Set([...places.values()].map(({ layer, row }) => `${layer}/${row}`))
        expect(taken.size).toBe(full.names.length)
      })
    )
  })

  test('is drawn even where there are cycles, and is the same every time', () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const full = graphView(any, any.names)
        const svg = graphSvg(full)
        expect(svg.split('<text').length - 1).toBe(full.names.length)
        expect(graphSvg(full)).toBe(svg)
      })
    )
  })

  test('is XML', () => {
    const program = 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin)'
    execFileSync('python3', ['-c', program], { input: graphSvg(view) })
    execFileSync('python3', ['-c', program], { input: graphSvg({ names: [], edges: [] }) })
  })
})
