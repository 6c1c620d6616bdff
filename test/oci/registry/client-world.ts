import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Blob } from '../../../src/oci/blob.js'
import { sha256 } from '../../../src/oci/digest.js'
import { mediaTypes } from '../../../src/oci/media-type.js'
import { Registry, type RegistryOptions } from '../../../src/oci/registry/registry.js'
import type { Repository } from '../../../src/oci/registry/repository.js'

/** Waits that a client was asked to make, in milliseconds; none of them is really made. */
export const waits: number[] = []

/** A client with short patience and a clock that never makes a test wait. */
export function repositoryAt(
  host: string,
  options: Partial<RegistryOptions> = {},
  path = 'stagex/core-sample'
): Repository {
  waits.length = 0
  let now = 0
  const registry = new Registry(host, {
    clock: {
      now: () => now,
      sleep: (milliseconds) => {
        waits.push(milliseconds)
        now += milliseconds
        return Promise.resolve()
      }
    },
    environment: {},
    ...options,
    limits: {
      connectTimeout: 1000,
      responseTimeout: 300,
      stallTimeout: 200,
      maxPages: 20,
      ...options.limits
    }
  })
  return registry.repository(path)
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-registry-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

export function blobOf(bytes: Buffer): Blob {
  const descriptor = { mediaType: mediaTypes.layerGzip, digest: sha256(bytes), size: bytes.length }
  return { descriptor, source: { bytes } }
}

/** A manifest of a config and one layer. */
export function manifestOf(config: Blob, layer: Blob): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: { ...config.descriptor, mediaType: mediaTypes.config },
      layers: [layer.descriptor]
    })
  )
}

/** The code of the error that a promise ends with; `none` where it ends well. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'none'
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}
