import { rm } from 'node:fs/promises'
import type { Response } from '../../http/exchange.js'
import { bodyChunks } from '../../http/read-body.js'
import { shownUrl } from '../../http/shown-url.js'
import type { Descriptor } from '../descriptor.js'
import { BlobWriter, wrongSize } from './blob-writer.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'

/** Told of bytes as they arrive or leave; negative where some must be transferred again. */
export type OnBytes = (count: number) => void

/**
 * Pulls a blob into a file, going on with what an earlier run left there. When this returns, the file is
 * the blob; after an error it is a part of it at most, and nothing of it where the bytes were wrong.
 * @param path a file that no other process writes
 * @throws RegistryError `registry/digest-mismatch`, `registry/size-mismatch`, `registry/too-large`,
 * `registry/not-found`, and those of every exchange
 */
export async function pullBlob(
  repository: Repository,
  descriptor: Descriptor,
  path: string,
  onBytes: OnBytes = () => undefined
): Promise<void> {
  checkDeclaredSize(repository, descriptor)
  const writer = await BlobWriter.open(path, descriptor)
  try {
    onBytes(writer.size)
    await repository.persist(async () => {
      do {
        if (writer.size < descriptor.size) await fill(repository, descriptor, writer, onBytes)
      } while (!(await writer.finish()))
    })
  } catch (error) {
    if (!isWrong(error)) throw error
    // No later run shall go on with bytes of a registry that lies.
    await rm(path, { force: true })
    throw error
  } finally {
    await writer.close()
  }
}

function isWrong(error: unknown): boolean {
  const codes = ['registry/digest-mismatch', 'registry/size-mismatch']
  return error instanceof RegistryError && codes.includes(error.code)
}

function checkDeclaredSize({ limits }: Repository, { digest, size }: Descriptor): void {
  if (size <= limits.maxBlobSize) return
  throw new RegistryError('registry/too-large', 'a manifest names a blob that is too large', {
    where: digest,
    expected: `at most ${limits.maxBlobSize} bytes`,
    found: `${size} bytes`
  })
}

async function fill(
  repository: Repository,
  descriptor: Descriptor,
  writer: BlobWriter,
  onBytes: OnBytes
): Promise<void> {
  const response = await repository.request({
    method: 'GET',
    url: repository.url(`blobs/${descriptor.digest}`),
    what: `the blob ${descriptor.digest}`,
    expected: [200, 206, 416],
    ...(writer.size === 0 ? {} : { offset: writer.size })
  })
  try {
    await fitAnswer(response, descriptor, writer, onBytes)
    const where = shownUrl(response.url)
    const { limits, signal } = repository
    const options = { limits, where, ...(signal === undefined ? {} : { signal }) }
    for await (const chunk of bodyChunks(response, options)) {
      await writer.append(chunk)
      onBytes(chunk.length)
    }
  } finally {
    response.body.destroy()
  }
  // Without a declared length an early end looks like the end.
  if (writer.size < descriptor.size) throw wrongSize(descriptor, `${writer.size} bytes`)
}

/** Makes the file fit what the registry is about to send: the rest, or all of it again. */
async function fitAnswer(
  { status, headers, url }: Response,
  descriptor: Descriptor,
  writer: BlobWriter,
  onBytes: OnBytes
): Promise<void> {
  const range = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(headers['content-range'] ?? '')
  if (status === 200 || Number(range?.[1] ?? -1) !== writer.size) {
    onBytes(-writer.size)
    await writer.restart()
  }
  if (status === 416 || (status === 206 && writer.size === 0)) {
    throw new RegistryError('registry/busy', 'the registry sends another part than asked for', {
      where: shownUrl(url),
      found: headers['content-range'] ?? `status ${status}`
    })
  }
  const length = headers['content-length']
  const left = descriptor.size - writer.size
  if (length === undefined || Number(length) === left) return
  throw wrongSize(descriptor, `${writer.size + Number(length)} bytes`)
}
