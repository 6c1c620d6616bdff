import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildOrder, findCycles, reachable, shortestPath } from '../../src/tree/graph-walk.js'
import { anyAcyclicGraph, anyGraph, graphOf } from './graph-fixture.js'

describe('the order to build in', () => {
  test('has everything that is needed once, each after its dependencies', () => {
    fc.assert(
      fc.property(anyAcyclicGraph, (graph) => {
        const order = buildOrder(graph, graph.names)
        expect([...order].sort()).toEqual(graph.names)
        for (const [index, name] of order.entries()) {
          for (const needed of graph.dependencies(name)) {
            expect(order.indexOf(needed)).toBeLessThan(index)
          }
        }
      })
    )
  })

  test('does not depend on the order in which images are named', () => {
    fc.assert(
      fc.property(anyAcyclicGraph, fc.array(fc.nat(11)), (graph, picked) => {
        const names = picked.flatMap((index) => graph.names[index] ?? [])
        expect(buildOrder(graph, names)).toEqual(buildOrder(graph, [...names].reverse()))
      })
    )
  })

  test('leaves out what is not needed', () => {
    expect(buildOrder(graphOf({ a: ['b'], c: ['d'] }), ['a'])).toEqual(['b', 'a'])
  })

  test('is refused where there is a cycle, which is shown as a path', () => {
    const graph = graphOf({ start: ['a'], a: ['b'], b: ['c'], c: ['a'] })
    expect(() => buildOrder(graph, ['start'])).toThrow(
      expect.objectContaining({ code: 'tree/cycle', found: 'a → b → c → a' })
    )
  })

  test('does not mind a cycle that nobody asked for', () => {
    expect(buildOrder(graphOf({ a: ['b'], x: ['x'] }), ['a'])).toEqual(['b', 'a'])
  })

  test('is found for a chain that is longer than the call stack is deep', () => {
    const length = 50_000
    const dependencies = (name: string): string[] =>
      Number(name) < length ? [`${Number(name) + 1}`] : []
    const graph = { ...graphOf({}), dependencies }
    expect(buildOrder(graph, ['0'])).toHaveLength(length + 1)
  })
})

test('cycles are found exactly where something reaches itself, and each is one', () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const cycles = findCycles(graph)
      for (const cycle of cycles) {
        expect(cycle.at(0)).toBe(cycle.at(-1))
        for (const [index, name] of cycle.slice(1).entries()) {
          expect(graph.dependencies(cycle[index] ?? '')).toContain(name)
        }
      }
      const looping = graph.names.some((name) =>
        reachable(graph.dependencies(name), graph.dependencies).includes(name)
      )
      expect(cycles.length > 0).toBe(looping)
    })
  )
})

describe('why one image needs another', () => {
  test('is told by a shortest path, or by none where it does not', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const [from = 'n0', to = 'n0'] = [graph.names[0], graph.names.at(-1)]
        const path = shortestPath(from, to, graph.dependencies)
        let ring = [from]
        let steps = 0
        const seen = new Set(ring)
        while (ring.length > 0 && !ring.includes(to)) {
          ring = ring.flatMap((name) => graph.dependencies(name)).filter((name) => !seen.has(name))
          for (const name of ring) seen.add(name)
          steps++
        }
        expect(path?.length).toBe(ring.length > 0 ? steps + 1 : undefined)
      })
    )
  })

  test('is the first by name among equals', () => {
    const graph = graphOf({ a: ['c', 'b'], b: ['d'], c: ['d'] })
    expect(shortestPath('a', 'd', graph.dependencies)).toEqual(['a', 'b', 'd'])
    expect(shortestPath('d', 'a', graph.dependants)).toEqual(['d', 'b', 'a'])
  })
})

test('what can be reached includes the start', () => {
  const graph = graphOf({ a: ['b'], b: ['a', 'c'], d: [] })
  expect(reachable(['a'], graph.dependencies)).toEqual(['a', 'b', 'c'])
  expect(reachable(['c'], graph.dependants)).toEqual(['a', 'b', 'c'])
})
