import { describe, expect, test } from 'vitest'
import { loadTree } from '../../src/tree/load-tree.js'
import { makeGraph } from '../../src/tree/graph.js'
import { packageFiles, treeFolder, type TreeFiles } from './tree-fixture.js'

function containerfile(stage: string, name: string, ...lines: string[]): TreeFiles {
  return { ...packageFiles(stage, name), [`${stage}/${name}/Containerfile`]: lines.join('\n') }
}

describe('edges', () => {
  test('come from FROM, COPY --from and mounts, with platform, registry, tag and digest', async () => {
    const root = treeFolder({
      ...packageFiles('core', 'a'),
      ...packageFiles('core', 'b'),
      ...packageFiles('core', 'c'),
      ...packageFiles('core', 'd'),
      ...containerfile(
        'user',
        'x',
        'ARG BASE=stagex/core-a',
        'FROM --platform=linux/386 ${BASE} AS build',
        'COPY --from=docker.io/stagex/core-b:1.0 . /',
        'RUN --mount=type=bind,from=stagex/core-c,target=/c true',
        'FROM scratch',
        'COPY --from=build / /',
        `COPY --from=stagex/core-d@sha256:${'a'.repeat(64)} / /`
      )
    })
    const graph = makeGraph(await loadTree(root))
    expect(graph.dependencies('user-x')).toEqual(['core-a', 'core-b', 'core-c', 'core-d'])
    expect(graph.dependants('core-a')).toEqual(['user-x'])
    expect(graph.dependencies('core-a')).toEqual([])
    expect(graph.dependencies('no-such')).toEqual([])
  })

  test('are only those of the stages that the target reaches', async () => {
    const root = treeFolder({
      ...packageFiles('core', 'a'),
      ...packageFiles('core', 'b'),
      ...packageFiles('core', 'unused'),
      'user/two/package.toml': '[package]\nname = "two"\nsubpackages = ["one", "other"]\n',
      'user/two/Containerfile': [
        'FROM stagex/core-unused AS unused',
        'FROM stagex/core-a AS base',
        'FROM base AS package-one',
        'FROM stagex/core-b AS package-other',
        'COPY --from=base / /'
      ].join('\n')
    })
    const graph = makeGraph(await loadTree(root))
    expect(graph.dependencies('user-one')).toEqual(['core-a'])
    expect(graph.dependencies('user-other')).toEqual(['core-a', 'core-b'])
    expect(graph.dependants('core-unused')).toEqual([])
  })

  test('follow a build argument that a base is chosen by', async () => {
    const root = treeFolder({
      ...packageFiles('core', 'v2'),
      'user/x/package.toml': '[package]\nname = "x"\nversion = "2.0"\n',
      'user/x/Containerfile': 'ARG VERSION_MAJOR\nFROM stagex/core-v${VERSION_MAJOR}\n'
    })
    expect(makeGraph(await loadTree(root)).dependencies('user-x')).toEqual(['core-v2'])
  })
})

describe('what is not in the tree', () => {
  test('is missing, with a near name and the line, or broken', async () => {
    const root = treeFolder({
      ...packageFiles('core', 'musl'),
      'core/bad/package.toml': '[package]\n',
      'core/bad/Containerfile': 'FROM scratch\n',
      ...containerfile('user', 'x', 'FROM stagex/core-mulsl', 'COPY --from=stagex/core-bad / /')
    })
    const { missing } = makeGraph(await loadTree(root))
    expect(missing).toMatchObject([
      {
        from: 'user-x',
        name: 'core-mulsl',
        broken: false,
        near: 'core-musl',
        reference: { line: 1 }
      },
      { from: 'user-x', name: 'core-bad', broken: true, reference: { line: 2 } }
    ])
  })

  test('is external where it is no image of the tree’s name; scratch and fetched files are nothing', async () => {
    const root = treeFolder(
      containerfile('user', 'x', 'FROM debian:stable AS a', 'FROM scratch', 'COPY --from=a / /')
    )
    const graph = makeGraph(await loadTree(root))
    expect(graph.external).toEqual([
      { from: 'user-x', reference: { text: 'debian:stable', tag: 'stable', line: 1 } }
    ])
    expect(graph.missing).toEqual([])
  })
})
