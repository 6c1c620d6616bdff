import { describe, expect, test } from 'vitest'
import { type BuildPlan, planBuild } from '../../src/containerfile/build-plan.js'
import type { BuildOptions } from '../../src/containerfile/build-options.js'
import { parseContainerfile } from '../../src/containerfile/containerfile.js'
import { AMD64 } from './golden-case.js'

function plan(text: string, options: Partial<BuildOptions> = {}): BuildPlan {
  return planBuild(parseContainerfile(text, 'Containerfile'), {
    buildArgs: new Map(),
    buildPlatform: AMD64,
    targetPlatform: AMD64,
    ...options
  })
}

const THREE = `FROM scratch AS unused
FROM scratch AS data
FROM base:1 AS build
COPY --from=data x y
FROM build
RUN --mount=from=tools@sha256:${'0'.repeat(64)},target=/t make
`

describe('the stages that a target needs', () => {
  test('are its base, what it copies from and what it mounts', () => {
    expect(plan(THREE).reachable).toEqual([1, 2, 3])
    expect(plan(THREE, { target: 'BUILD' }).reachable).toEqual([1, 2])
    expect(plan(THREE, { target: 'unused' }).reachable).toEqual([0])
  })

  test('include those of triggers that an earlier stage leaves', () => {
    const text =
      'FROM scratch AS data\nFROM scratch AS a\nONBUILD COPY --from=data x y\nFROM a\nLABEL a=b\n'
    expect(plan(text).reachable).toEqual([0, 1, 2])
  })

  test('name their sources, images with the registry, the tag and the platform', () => {
    const [, , build, last] = plan(THREE).stages
    expect(build?.sources).toEqual([
      { kind: 'image', reference: 'docker.io/library/base:1', platform: AMD64 },
      { kind: 'stage', index: 1 }
    ])
    expect(last?.sources).toEqual([
      { kind: 'stage', index: 2 },
      {
        kind: 'image',
        reference: `docker.io/library/tools@sha256:${'0'.repeat(64)}`,
        platform: AMD64
      }
    ])
  })
})

describe('a name', () => {
  test('means the stage before its use in FROM, the last of that name in COPY', () => {
    const text = 'FROM scratch AS a\nFROM a AS a\nFROM a AS b\nFROM scratch\nCOPY --from=a x y\n'
    const { stages } = plan(text)
    expect(stages.map((stage) => stage.base)).toEqual([
      { kind: 'scratch' },
      { kind: 'stage', index: 0 },
      { kind: 'stage', index: 1 },
      { kind: 'scratch' }
    ])
    expect(stages[3]?.sources).toEqual([{ kind: 'scratch' }, { kind: 'stage', index: 1 }])
  })

  test('that is a number means a stage in COPY and an image elsewhere', () => {
    const { stages } = plan('FROM scratch\nFROM 0\nCOPY --from=0 x y\n')
    expect(stages[1]?.sources).toEqual([
      { kind: 'image', reference: 'docker.io/library/0:latest', platform: AMD64 },
      { kind: 'stage', index: 0 }
    ])
  })
})

describe('a named context', () => {
  const contexts = { namedContexts: ['fetch', 'debian:stable', 'base::linux/386', 'build'] }

  test('is what FROM and COPY mean by its name, however it is written', () => {
    const text =
      'FROM docker.io/library/debian:stable\nCOPY --from=fetch:latest x y\nCOPY --from=debian x y\n'
    expect(plan(text, contexts).stages[0]?.sources).toEqual([
      { kind: 'named-context', name: 'debian:stable' },
      { kind: 'named-context', name: 'fetch' },
      { kind: 'image', reference: 'docker.io/library/debian:latest', platform: AMD64 }
    ])
  })

  test('may be for one platform', () => {
    const text = 'FROM --platform=linux/386 base\nFROM base\n'
    expect(plan(text, contexts).stages.map((stage) => stage.base.kind)).toEqual([
      'named-context',
      'image'
    ])
  })

  test('yields to a stage in COPY and replaces a stage of its name', () => {
    const text = 'FROM scratch AS build\nRUN x\nFROM scratch AS other\nCOPY --from=build x y\n'
    const { stages, reachable } = plan(text, contexts)
    expect(stages[0]).toMatchObject({
      replaced: true,
      base: { kind: 'named-context', name: 'build' }
    })
    expect(stages[1]?.sources).toEqual([{ kind: 'scratch' }, { kind: 'stage', index: 0 }])
    expect(reachable).toEqual([0, 1])
  })

  test('cannot replace scratch or the build context', () => {
    const text = 'FROM scratch\nCOPY --from=context x y\n'
    const { stages } = plan(text, { namedContexts: ['scratch', 'context'] })
    expect(stages[0]?.sources).toMatchObject([{ kind: 'scratch' }, { kind: 'image' }])
  })
})

describe('platforms', () => {
  const I386 = { os: 'linux', architecture: '386' }

  test('of a base are its flag, else the target', () => {
    const text =
      'FROM --platform=$BUILDPLATFORM a\nFROM --platform=$TARGETPLATFORM a\nFROM a\nFROM --platform=linux/aarch64/v8 a\n'
    const platforms = plan(text, { targetPlatform: I386 }).stages.map((stage) => stage.platform)
    expect(platforms).toEqual([
      AMD64,
      I386,
      I386,
      { os: 'linux', architecture: 'arm64', variant: 'v8' }
    ])
  })

  test('of scratch are always the target, of a stage that stage', () => {
    const text =
      'FROM --platform=linux/386 a AS b\nFROM --platform=linux/arm64 b\nFROM --platform=linux/386 scratch\n'
    const platforms = plan(text).stages.map((stage) => stage.platform)
    expect(platforms).toEqual([I386, I386, AMD64])
  })

  test('of images that are copied from are the target', () => {
    const { stages } = plan('FROM --platform=linux/386 a\nCOPY --from=b x y\n')
    expect(stages[0]?.sources).toMatchObject([{ platform: I386 }, { platform: AMD64 }])
  })
})

describe('global ARGs', () => {
  test('take build arguments before their defaults and see each other', () => {
    const text = 'ARG A=a\nARG B=$A-b C\nARG TARGETOS=own\nFROM scratch\n'
    const { globalArgs } = plan(text, { buildArgs: new Map([['A', 'given $B']]) })
    expect(globalArgs.get('B')).toBe('given $B-b')
    expect(globalArgs.has('C')).toBe(false)
    expect(globalArgs.get('TARGETOS')).toBe('own')
    expect(globalArgs.get('TARGETPLATFORM')).toBe('linux/amd64')
  })

  test('know the target stage', () => {
    const text = 'FROM scratch AS a\nFROM scratch\n'
    expect(plan(text).globalArgs.get('TARGETSTAGE')).toBe('default')
    expect(plan(text, { target: 'A' }).globalArgs.get('TARGETSTAGE')).toBe('A')
  })
})
