import { bytesOfText } from '../../base/byte-string.js'
import { StagexError } from '../../base/error.js'
import { decompressed } from '../../build/copy/archive/decompress.js'
import { cleanPath } from '../../oci/tar/clean-path.js'
import { type ArchiveMember, readTar } from '../../oci/tar/reader.js'

/** What a release's archive tells of how it is built and licensed. */
export interface ArchiveFacts {
  /** The one folder that all of it lies in; absent where it is not one, or has a name that needs quoting. */
  readonly folder?: string
  /** Names directly in that folder, or in the archive. */
  readonly names: ReadonlySet<string>
  readonly licenses: readonly string[]
  /** Texts beside the licences: where authors say under which terms, too. */
  readonly others: readonly string[]
}

const limits = { entries: 1_000_000, contentSize: 2 ** 36 }
const longestText = 256 * 1024
const mostTexts = 100

/**
 * Reads an archive; undefined for a file that is none, or that breaks off. Nothing in it is executed or
 * written anywhere.
 */
export async function archiveFacts(path: string): Promise<ArchiveFacts | undefined> {
  const gathered = new Gathered()
  try {
    for await (const member of readTar(decompressed(bytesOfText(path)), limits)) {
      await gathered.add(member)
    }
  } catch (error) {
    if (error instanceof StagexError) return undefined
    throw error
  }
  return gathered.facts()
}

const license = /^(?:licen[cs]e|copying|copyright|unlicense)/i
const telling = /^readme|\.(?:c|h|cc|cpp|in|ac|py|go|rs)$/i

class Gathered {
  readonly #tops = new Set<string>()
  /** By path: what lies at most one folder deep. */
  readonly #texts = new Map<string, string>()
  readonly #paths = new Set<string>()

  async add({ entry, content }: ArchiveMember): Promise<void> {
    const parts = (cleanPath(entry.path) ?? '').split('/')
    const [top = '', name = top] = parts
    if (top !== '') this.#tops.add(parts.length === 1 && entry.type !== 'directory' ? '' : top)
    if (parts.length > 2 || this.#paths.size > limits.entries / 10) return
    this.#paths.add(parts.join('/'))
    const wanted = license.test(name) || telling.test(name)
    if (!wanted || entry.size > longestText || this.#texts.size >= mostTexts) return
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(Uint8Array.from(piece))
    this.#texts.set(parts.join('/'), Buffer.concat(pieces).toString('utf8'))
  }

  facts(): ArchiveFacts {
    const [only = ''] = this.#tops.size === 1 ? this.#tops : []
    const prefix = only === '' ? '' : `${only}/`
    const inside = [...this.#paths].filter((path) => path.startsWith(prefix))
    const names = inside
      .map((path) => path.slice(prefix.length))
      .filter((name) => !name.includes('/'))
    const texts = [...this.#texts].filter(([path]) => names.includes(path.slice(prefix.length)))
    const isLicense = ([path]: [string, string]): boolean => license.test(path.slice(prefix.length))
    return {
      ...(/^[A-Za-z0-9][A-Za-z0-9._+~-]*$/.test(only) && { folder: only }),
      names: new Set(names),
      licenses: texts.filter(isLicense).map(([, text]) => text),
      others: texts.filter((text) => !isLicense(text)).map(([, text]) => text)
    }
  }
}
