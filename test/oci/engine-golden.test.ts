import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import { encodeImageConfig } from '../../src/oci/encode-config.js'
import { encodeLayoutIndex, encodeNestedIndex } from '../../src/oci/image-index.js'
import { encodeManifest } from '../../src/oci/manifest.js'
import { parseImageConfig, parseIndex, parseManifest } from '../../src/oci/parse-document.js'
import { engineCases } from './engine-cases.js'
import { type EngineGolden, rewrite } from './engine-golden.js'

const directory = join(import.meta.dirname, '../golden/oci/engine')

test('each case has its recorded result, and no result is left over', () => {
  const recorded = readdirSync(directory).map((name) => name.replace(/\.json$/, ''))
  expect(recorded.toSorted()).toEqual(engineCases.map(({ name }) => name).toSorted())
})

describe.each(engineCases.map(({ name }) => name))(
  'as the reference engine wrote it: %s',
  (name) => {
    const golden = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as EngineGolden

    test('each layer comes out byte for byte, uncompressed and compressed', async () => {
      for (const { entries, diffId, digest, size } of golden.layers) {
        expect(await rewrite(entries)).toEqual({ diffId, digest, size })
      }
    })

    test('the documents that were read are written again as they were', () => {
      const { config, manifest, nestedIndex, layoutIndex } = golden
      expect(encodeImageConfig(parseImageConfig(config, name))).toBe(config)
      expect(encodeManifest(parseManifest(manifest, name))).toBe(manifest)
      expect(encodeNestedIndex(parseIndex(nestedIndex, name))).toBe(nestedIndex)
      expect(encodeLayoutIndex(parseIndex(layoutIndex, name))).toBe(layoutIndex)
    })

    test('the documents name each other and the layers', () => {
      const manifest = parseManifest(golden.manifest, name)
      expect(parseIndex(golden.layoutIndex, name).manifests[0]?.digest).toBe(
        sha256(golden.nestedIndex)
      )
      expect(parseIndex(golden.nestedIndex, name).manifests[0]?.digest).toBe(
        sha256(golden.manifest)
      )
      expect(manifest.config.digest).toBe(sha256(golden.config))
      expect(manifest.layers.map(({ digest }) => digest)).toEqual(
        golden.layers.map((layer) => layer.digest)
      )
      const { diffIds } = parseImageConfig(golden.config, name)
      expect(diffIds).toEqual(golden.layers.map((layer) => layer.diffId))
    })
  }
)
