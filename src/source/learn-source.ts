import { createHash } from 'node:crypto'
import { download } from './download.js'
import { shownUrl } from '../http/shown-url.js'
import { HashSink } from './sink.js'
import { asSourceError, SourceError } from './source-error.js'
import type { SourceStore } from './source-store.js'
import type { Transfer } from './transfer.js'

/** A file whose hash nobody had declared, now in the store. */
export interface LearnedSource {
  /** SHA-256, 64 lower-case hex digits: of what the first mirror served. */
  readonly hash: string
  /** Where the store has it. */
  readonly path: string
  /** In bytes. */
  readonly size: number
  /** Mirrors that serve these bytes, without credentials. */
  readonly mirrors: readonly string[]
  /** Mirrors that do not serve the file now. */
  readonly failed: readonly SourceError[]
}

/**
 * Downloads a file of which only the mirrors are known. Its hash is what they say it is: all that serve
 * the file have to serve the same bytes.
 * @throws SourceError `source/mirrors-disagree`, `source/no-mirror-left`, `source/store`,
 * `source/cancelled`
 */
export async function learnSource(
  mirrors: readonly string[],
  store: SourceStore,
  transfer: Transfer
): Promise<LearnedSource> {
  const failed: SourceError[] = []
  for (const [index, mirror] of mirrors.entries()) {
    const first = await fromMirror(mirror, transfer, (url) => intoStore(url, store, transfer))
    if (first instanceof SourceError) failed.push(first)
    else {
      const others = await confirmed(first, mirrors.slice(index + 1), transfer, failed)
      return { ...first, mirrors: [shownUrl(mirror), ...others], failed }
    }
  }
  throw noneLeft(failed)
}

/** Which further mirrors serve the same bytes; those that serve none at all go to `failed`. */
async function confirmed(
  { hash }: Hashed,
  mirrors: readonly string[],
  transfer: Transfer,
  failed: SourceError[]
): Promise<string[]> {
  const good: string[] = []
  for (const mirror of mirrors) {
    const result = await fromMirror(mirror, transfer, (url) => hashOnly(url, transfer))
    if (result instanceof SourceError) failed.push(result)
    else if (result.hash === hash) good.push(shownUrl(mirror))
    else throw disagreement(shownUrl(mirror), hash, result.hash)
  }
  return good
}

interface Hashed {
  readonly hash: string
}

interface Downloaded extends Hashed {
  readonly path: string
  readonly size: number
}

async function fromMirror<Result extends Hashed>(
  mirror: string,
  transfer: Transfer,
  attempt: (url: URL) => Promise<Result>
): Promise<Result | SourceError> {
  try {
    let error: SourceError | undefined
    for (const url of transfer.urlsOf(mirror)) {
      const result = await transfer.persist(url, () => attempt(url).catch(asMirrorError))
      if (!(result instanceof SourceError)) return result
      error = result
    }
    return error ?? new SourceError('source/bad-mirror', 'the mirror stands for no URL')
  } catch (cause) {
    return asMirrorError(cause)
  }
}

/** @throws SourceError one that no other mirror can mend */
function asMirrorError(cause: unknown): SourceError {
  const error = asSourceError(cause)
  if (error.code === 'source/store' || error.code === 'source/cancelled') throw error
  return error
}

async function intoStore(url: URL, store: SourceStore, transfer: Transfer): Promise<Downloaded> {
  // The name only keeps two downloads of different URLs apart; what an earlier run left may be of other bytes.
  const partial = await store.partial(createHash('sha256').update(url.href).digest('hex'))
  await partial.restart()
  try {
    await download(url, partial, transfer.get, () => undefined)
  } catch (error) {
    await partial.restart()
    await partial.keep()
    throw error
  }
  const hash = partial.digest()
  return { hash, size: partial.size, path: await store.complete(partial, hash, shownUrl(url)) }
}

async function hashOnly(url: URL, transfer: Transfer): Promise<Hashed> {
  const sink = new HashSink()
  await download(url, sink, transfer.get, () => undefined)
  return { hash: sink.digest() }
}

function disagreement(where: string, expected: string, found: string): SourceError {
  return new SourceError('source/mirrors-disagree', 'two mirrors serve different bytes', {
    where,
    expected: `${expected}, as of the mirror before`,
    found,
    hint: 'find out which of them is right, and remove the other'
  })
}

function noneLeft(failures: readonly SourceError[]): SourceError {
  const [only] = failures
  if (only !== undefined && failures.length === 1) return only
  const reasons = failures.map((error) => `${error.where ?? ''}: ${error.message} [${error.code}]`)
  return new SourceError('source/no-mirror-left', 'no mirror has the file', {
    found: reasons.join('\n'),
    cause: failures.at(-1)
  })
}
