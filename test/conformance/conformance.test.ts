import { mkdtempSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContainerfileResult } from '../../src/build/build-containerfile.js'
import { sha256 } from '../../src/oci/digest.js'
import { type ConformanceCase, loadCases, missingFiles } from './conformance-case.js'
import { describeLayout, type Expected, withoutMachineFiles } from './expected.js'
import { serveFiles } from './file-server.js'
import { buildCases, removeBuild } from './our-builder.js'

const cases = loadCases()
const possible = cases.filter((one) => missingFiles(one).length === 0)
const only = process.env['STAGEX_CASES']?.split(',')
const wanted = possible.filter(({ name }) => only?.includes(name) ?? true)

describe('images are those of BuildKit, byte for byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-conformance-'))
  let server: Server | undefined
  let results: Map<string, ContainerfileResult>

  beforeAll(async () => {
    server = await serveFiles(cases)
    results = await buildCases(folder, possible)
  }, 300_000)

  afterAll(async () => {
    server?.close()
    await removeBuild(folder)
  })

  test.for(wanted)('$name: $about', async (one) => {
    const { expected } = one
    const result = results.get(one.name)
    if (expected === undefined) throw new Error('not recorded yet')
    if (one.refused !== undefined) {
      expect(result?.error).toMatchObject({ code: one.refused })
      expect('refusal' in expected || one.differs !== undefined).toBe(true)
      return
    }
    expect(result?.error).toBeUndefined()
    if (one.differs !== undefined && 'refusal' in expected) return
    if ('refusal' in expected) throw new Error(`the engine refused it: ${expected.refusal}`)
    const found = await foundIn(result?.layout ?? '', one, expected)
    if (one.differs === undefined) expect(found).toEqual(expected)
    else expect(found.layers).not.toEqual(expected.layers)
  })

  test('there are at least 120 cases, all recorded', () => {
    expect(cases.length).toBeGreaterThanOrEqual(120)
    expect(cases.filter(({ expected }) => expected === undefined)).toEqual([])
  })
})

async function foundIn(layout: string, one: ConformanceCase, expected: Expected): Promise<Expected> {
  const hosts = one.context?.flatMap(({ host }) => (host === undefined ? [] : [host])) ?? []
  const found = await describeLayout(layout, expected.engine)
  const contents = hosts.map((host) => sha256(readFileSync(host)))
  return { ...withoutMachineFiles(found, contents), manifestFrom: expected.manifestFrom }
}
