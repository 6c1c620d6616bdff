import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeImageConfig } from '../../src/oci/encode-config.js'
import { OciError } from '../../src/oci/error.js'
import type { ImageConfig } from '../../src/oci/image-config.js'
import { encodeLayoutIndex, encodeNestedIndex } from '../../src/oci/image-index.js'
import { encodeManifest, type Manifest } from '../../src/oci/manifest.js'
import { mediaTypes } from '../../src/oci/media-type.js'
import { parseImageConfig, parseIndex, parseManifest } from '../../src/oci/parse-document.js'
import { digestOfHex } from '../../src/oci/digest.js'

const digest = digestOfHex('0123456789abcdef'.repeat(4))
const config = { mediaType: mediaTypes.config, digest, size: 2 }
const manifest: Manifest = { mediaType: mediaTypes.manifest, config, layers: [] }
const smallest: ImageConfig = {
  platform: { architecture: 'amd64', os: 'linux' },
  config: {},
  history: [],
  diffIds: []
}

const word = fc.string({ minLength: 1, maxLength: 8 })
const words = fc.array(word, { minLength: 1, maxLength: 3 })
const wordSet = fc.uniqueArray(word, { minLength: 1, maxLength: 3 }).map((set) => set.toSorted())
const nanoseconds = fc.integer({ min: 1, max: 2 ** 50 })
const optional = { requiredKeys: [] }
const imageConfig: fc.Arbitrary<ImageConfig> = fc.record(
  {
    platform: fc.record(
      { architecture: word, os: word, variant: word, osVersion: word, osFeatures: words },
      { requiredKeys: ['architecture', 'os'] }
    ),
    author: word,
    created: word,
    config: fc.record(
      {
        user: word,
        exposedPorts: wordSet,
        env: words,
        entrypoint: words,
        cmd: words,
        volumes: wordSet,
        workingDir: word,
        labels: fc.dictionary(word.filter(isNoAccessor), word, { minKeys: 1, maxKeys: 3 }),
        stopSignal: word,
        argsEscaped: fc.constant(true),
        healthcheck: fc.record(
          {
            test: words,
            interval: nanoseconds,
            timeout: nanoseconds,
            startPeriod: nanoseconds,
            startInterval: nanoseconds,
            retries: nanoseconds
          },
          optional
        ),
        onBuild: words,
        shell: words
      },
      optional
    ),
    history: fc.array(
      fc.record(
        {
          created: word,
          createdBy: word,
          author: word,
          comment: word,
          emptyLayer: fc.constant(true)
        },
        optional
      )
    ),
    diffIds: fc.array(fc.constant(digest))
  },
  { requiredKeys: ['platform', 'config', 'history', 'diffIds'] }
)

describe('a config', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(imageConfig, (image) => {
        const read = parseImageConfig(encodeImageConfig(image), 'a config')
        expect(read).toEqual(image)
        expect(encodeImageConfig(read)).toBe(encodeImageConfig(image))
      })
    )
  })

  test('leaves out what is empty, and says null for no layers', () => {
    const empty = { user: '', env: [], labels: {}, volumes: [], argsEscaped: false, workingDir: '' }
    const history = [{ createdBy: '', emptyLayer: false }]
    const written = encodeImageConfig({ ...smallest, author: '', config: empty, history })
    expect(written).toBe(
      '{"architecture":"amd64","config":{},"history":[{}],"os":"linux","rootfs":{"type":"layers","diff_ids":null}}'
    )
  })

  test('of another builder is read with whatever members it has', () => {
    const text = JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      variant: '',
      container: 'abc',
      config: { Hostname: 'h', Env: null, Volumes: { '/v': { any: 1 } }, Healthcheck: null },
      history: null,
      rootfs: { type: 'layers', diff_ids: [digest], other: 1 }
    })
    expect(parseImageConfig(text, 'a config')).toEqual({
      ...smallest,
      config: { volumes: ['/v'] },
      diffIds: [digest]
    })
  })
})

describe('manifest and index', () => {
  test('name null for no layers, and sort annotations', () => {
    expect(encodeManifest({ ...manifest, annotations: { b: '2', a: '1' } })).toBe(`{
  "schemaVersion": 2,
  "mediaType": "application/vnd.oci.image.manifest.v1+json",
  "config": {
    "mediaType": "application/vnd.oci.image.config.v1+json",
    "digest": "${digest}",
    "size": 2
  },
  "layers": null,
  "annotations": {
    "a": "1",
    "b": "2"
  }
}`)
  })

  test('an index is indented as a blob, and compact at the top of a layout', () => {
    const platform = { architecture: 'arm', os: 'linux', variant: 'v7' }
    const index = { mediaType: mediaTypes.index, manifests: [{ ...config, platform }] }
    const compact = encodeLayoutIndex(index)
    expect(compact).toContain('"platform":{"architecture":"arm","os":"linux","variant":"v7"}')
    expect(JSON.stringify(JSON.parse(encodeNestedIndex(index)), null, 2)).toBe(
      encodeNestedIndex(index)
    )
    expect(JSON.parse(encodeNestedIndex(index))).toEqual(JSON.parse(compact))
  })
})

describe('a document from outside is refused', () => {
  const written = JSON.parse(encodeManifest(manifest)) as Record<string, unknown>
  test.each<[string, string, unknown]>([
    ['no JSON', 'document/bad-json', undefined],
    ['a number', 'document/bad-field', 1],
    ['null', 'document/bad-field', null],
    ['a list', 'document/bad-field', []],
    ['another schema', 'document/bad-field', { ...written, schemaVersion: 1 }],
    ['the type of an index', 'document/bad-field', { ...written, mediaType: mediaTypes.index }],
    ['no config', 'document/bad-field', { ...written, config: undefined }],
    ['a negative size', 'document/bad-field', { ...written, config: { ...config, size: -1 } }],
    [
      'a size too large to count',
      'document/bad-field',
      { ...written, config: { ...config, size: 2 ** 60 } }
    ],
    [
      'a digest with a path',
      'document/bad-field',
      { ...written, config: { ...config, digest: 'sha256:../x' } }
    ],
    ['too many layers', 'document/bad-field', { ...written, layers: Array(10_001).fill(config) }]
  ])('%s', (_, code, value) => {
    const text = value === undefined ? '{' : JSON.stringify(value)
    expect(() => parseManifest(text, 'sha256:x')).toThrow(
      expect.objectContaining({ code, where: 'sha256:x' })
    )
  })

  test('every fault is named, with its place', () => {
    const faulty = {
      ...written,
      layers: [config, { ...config, digest: 'x' }],
      config: { size: 'x' }
    }
    expect(() => parseManifest(JSON.stringify(faulty), 'm')).toThrow(
      /config\.mediaType.*config\.digest.*config\.size.*layers\.1\.digest/
    )
  })

  test('however deep it is nested', () => {
    expect(() => parseIndex('['.repeat(1_000_000), 'index.json')).toThrow(OciError)
    const deep = `{"schemaVersion":2,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(parseIndex(deep, 'index.json').manifests).toEqual([])
  })
})

/** An object literal takes this name for its prototype. */
function isNoAccessor(name: string): boolean {
  return name !== '__proto__'
}
