import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe as suite, expect, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { type EngineCase, writeContext } from '../oci/engine-case.js'
import { engineCases } from '../oci/engine-cases.js'
import { describe, type EngineGolden, rewrite } from '../oci/engine-golden.js'

/**
 * The reference engine, live: `STAGEX_ENGINE` names a program that is called as `PROGRAM build CONTEXT OUT`
 * and unpacks BuildKit's OCI layout into OUT. `STAGEX_ENGINE_RECORD` says what to call the engine when its
 * results are to be recorded as the golden ones; its gzip has to be the canonical one then (Go 1.26 or older).
 */
const engine = process.env['STAGEX_ENGINE']
const recordAs = process.env['STAGEX_ENGINE_RECORD']
const golden = join(import.meta.dirname, '../golden/oci/engine')

suite.skipIf(engine === undefined)('what the reference engine writes', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stagex-engine-'))
  afterAll(() => {
    rmSync(directory, { recursive: true })
  })

  test.each(engineCases)('$name', { timeout: 300_000 }, async (of) => {
    const found = await build(of, join(directory, of.name))
    for (const { diffId, entries } of found.layers) {
      expect((await rewrite(entries)).diffId).toBe(diffId)
    }
    if (recordAs === undefined) return
    for (const { digest, entries } of found.layers) {
      expect((await rewrite(entries)).digest).toBe(digest)
    }
    writeFileSync(join(golden, `${of.name}.json`), printed(found))
  })
})

async function build(of: EngineCase, directory: string): Promise<EngineGolden> {
  const context = mkdtempSync(`${directory}-context-`)
  writeContext(context, of)
  const environment = { ...process.env, ANCHOR_PLATFORM: of.platform ?? 'linux/amd64' }
  const { status, stderr } = await run(engine ?? '', ['build', context, directory], {
    env: environment
  })
  expect(status, stderr).toBe(0)
  return describe(directory, recordAs ?? 'live', of)
}

/** One entry a line, so that a change can be read. */
function printed({ layers, ...documents }: EngineGolden): string {
  const lines = layers.map(({ entries, ...digests }) => {
    const listed = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')
    return `  {${JSON.stringify(digests).slice(1, -1)}, "entries": [\n${listed}\n  ]}`
  })
  const head = JSON.stringify(documents, null, 1).slice(0, -2)
  return `${head},\n "layers": [\n${lines.join(',\n')}\n ]\n}\n`
}
