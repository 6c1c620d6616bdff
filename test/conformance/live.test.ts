import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContainerfileResult } from '../../src/build/build-containerfile.js'
import { layOut, loadCases, missingFiles } from './conformance-case.js'
import { buildWithEngine, engineOf } from './engine.js'
import { describeLayout } from './expected.js'
import { serveFiles } from './file-server.js'
import { buildCases, removeBuild } from './our-builder.js'

/**
 * Builds every case with a real BuildKit and with the embedded builder, side by side: STAGEX_ENGINE names the
 * first (see {@link Engine}). Nothing that was recorded is looked at, so layers with files of this machine
 * are compared too. STAGEX_CASES: only these, separated by commas.
 */
const engine = await engineOf('STAGEX_ENGINE')
const only = process.env['STAGEX_CASES']?.split(',')
const cases = loadCases()

describe.skipIf(engine === undefined)('beside a real BuildKit', () => {
  const ours = mkdtempSync(join(tmpdir(), 'stagex-live-'))
  const theirs = mkdtempSync(join(tmpdir(), 'stagex-engine-'))
  let server: Server | undefined
  let results: Map<string, ContainerfileResult>

  beforeAll(async () => {
    server = await serveFiles(cases)
    results = await buildCases(ours, cases)
    mkdirSync(join(theirs, 'contexts'))
  }, 300_000)

  afterAll(async () => {
    server?.close()
    rmSync(theirs, { recursive: true })
    await removeBuild(ours)
  }, 300_000)

  test.for(cases)('$name: $about', { timeout: 120_000 }, async (one) => {
    if (engine === undefined) throw new Error('no engine')
    expect(missingFiles(one)).toEqual([])
    const wanted = only?.includes(one.name) ?? true
    if (!wanted && !cases.some(({ images }) => images?.includes(one.name))) return
    const { context } = await layOut(join(theirs, 'contexts'), one)
    const out = join(theirs, 'layouts', one.name)
    const refusal = await buildWithEngine(engine, one, context, join(theirs, 'layouts'), out)
    const result = results.get(one.name)
    if (!wanted || one.differs !== undefined) return
    if (refusal !== undefined || result?.layout === undefined) {
      expect({ refused: refusal !== undefined }).toEqual({ refused: result?.layout === undefined })
      return
    }
    expect(await describeLayout(result.layout, '')).toEqual(await describeLayout(out, ''))
  })
})
