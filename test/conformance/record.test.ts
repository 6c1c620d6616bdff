import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Digest, sha256 } from '../../src/oci/digest.js'
import { readLayout } from '../../src/oci/layout-reader.js'
import { type ConformanceCase, layOut, loadCases, missingFiles } from './conformance-case.js'
import { type Engine, buildWithEngine, engineOf } from './engine.js'
import { serveFiles } from './file-server.js'
import { describeLayout, type Expected, type Refusal, withoutMachineFiles } from './expected.js'

/**
 * Records what a real BuildKit makes of the cases: STAGEX_ENGINE names it (see {@link Engine}). Where
 * STAGEX_ENGINE_CANONICAL names an engine that compresses canonically (Go 1.26 or older) and writes the same
 * layers, the digests are its own. STAGEX_CASES: only these, separated by commas.
 */
const engine = await engineOf('STAGEX_ENGINE')
const canonical = await engineOf('STAGEX_ENGINE_CANONICAL')
const only = process.env['STAGEX_CASES']?.split(',')
const cases = process.env['STAGEX_RECORD'] === undefined ? [] : loadCases()

describe.skipIf(engine === undefined || cases.length === 0)('recording what the engine makes of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-recording-'))
  let server: Server | undefined
  beforeAll(async () => {
    server = await serveFiles(cases)
  })
  afterAll(() => {
    server?.close()
    rmSync(folder, { recursive: true })
  })

  test.for(cases)('$name', { timeout: 300_000 }, async (one) => {
    if (engine === undefined) throw new Error('no engine')
    expect(missingFiles(one)).toEqual([])
    const wanted = only?.includes(one.name) ?? true
    if (!wanted && !isNeeded(one)) return
    const found = await recorded(folder, engine, one)
    const other = canonical === undefined ? undefined : await recorded(folder, canonical, one)
    if (!wanted) return
    const result = confirmedBy(other, found)
    writeFileSync(join(one.folder, 'expected.json'), `${JSON.stringify(result, null, 2)}\n`)
  })
})

/** Whether a case that is recorded uses the image of this one, or of one that uses it. */
function isNeeded({ name }: ConformanceCase): boolean {
  return cases.some((each) => {
    if (each.images?.includes(name) !== true) return false
    return only?.includes(each.name) === true || isNeeded(each)
  })
}

interface Recorded {
  readonly result: Expected | Refusal
  /** The digest of the index as the engine itself wrote it. */
  readonly index?: Digest
}

/** Says so where another engine wrote the very index that follows from what the first one wrote. */
function confirmedBy(other: Recorded | undefined, { result }: Recorded): Expected | Refusal {
  if (other === undefined || !('index' in result) || result.index !== other.index) return result
  return { ...result, manifestFrom: other.result.engine }
}

async function recorded(
  folder: string,
  by: Engine,
  one: ConformanceCase
): Promise<Recorded> {
  const own = join(folder, by.name.replace(/[^\w.]+/g, '-'))
  mkdirSync(join(own, 'contexts'), { recursive: true })
  const { context } = await layOut(join(own, 'contexts'), one)
  const layouts = join(own, 'layouts')
  const out = join(layouts, one.name)
  const refusal = await buildWithEngine(by, one, context, layouts, out)
  if (refusal !== undefined) return { result: { engine: by.name, refusal } }
  const hosts = one.context?.flatMap(({ host }) => (host === undefined ? [] : [host])) ?? []
  const contents = hosts.map((host) => sha256(readFileSync(host)))
  const result = withoutMachineFiles(await describeLayout(out, by.name), contents)
  const [nested] = (await readLayout(out)).index.manifests
  return { result, ...(nested === undefined ? {} : { index: nested.digest }) }
}

