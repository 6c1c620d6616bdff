import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { checkSize, type Limits } from './limits.js'
import type { Sink } from './sink.js'
import { cancelled, SourceError } from './source-error.js'
import { storing } from './source-store.js'

/** Told after each piece: bytes on disk, and the size of the whole where it is known. */
export type OnProgress = (received: number, total: number | undefined) => void

/**
 * Copies what a `file:` URL names, a regular file, into a sink.
 * @throws SourceError `source/bad-mirror`, `source/not-found`, `source/too-large`, `source/store`
 */
export async function copyLocal(
  url: URL,
  sink: Sink,
  options: { readonly limits: Limits; readonly signal?: AbortSignal },
  onProgress: OnProgress
): Promise<void> {
  const file = await openRegular(url)
  try {
    const { size } = await file.stat()
    await storing(sink.path, () => sink.restart())
    for await (const chunk of file.createReadStream({ highWaterMark: 1024 * 1024 })) {
      if (options.signal?.aborted === true) throw cancelled(url.href)
      const bytes = chunk as Buffer
      checkSize(sink.size + bytes.length, options.limits, url.href)
      await storing(sink.path, () => sink.append(bytes))
      onProgress(sink.size, size)
    }
  } finally {
    await file.close()
  }
}

/** Devices and pipes are refused: /dev/zero never ends, a pipe never begins. */
async function openRegular(url: URL): Promise<FileHandle> {
  let file: FileHandle | undefined
  try {
    file = await open(localPath(url), constants.O_RDONLY | constants.O_NONBLOCK)
    if ((await file.stat()).isFile()) return file
  } catch (cause) {
    if (cause instanceof SourceError) throw cause
    const found = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new SourceError('source/not-found', 'the file cannot be read', {
      where: url.href,
      found,
      cause
    })
  }
  await file.close()
  throw new SourceError('source/not-found', 'this is no regular file', { where: url.href })
}

function localPath(url: URL): string {
  try {
    return fileURLToPath(url)
  } catch (cause) {
    const details = { where: url.href, expected: 'file:///<path>', cause }
    throw new SourceError('source/bad-mirror', 'this URL names no file of this machine', details)
  }
}
