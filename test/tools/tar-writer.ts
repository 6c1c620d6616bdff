/** One header of a tar archive and what follows it, written field by field: also wrong ones. */
export interface TarEntry {
  readonly name: string
  readonly type?: string
  readonly link?: string
  readonly content?: Buffer | string
  readonly mode?: string
  /** The size field, where it is not the content's. */
  readonly size?: string
  readonly checkSum?: string
  readonly magic?: string
}

/** The archive, ended by two blocks of zeros. */
export function tarOf(...entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(entryOf), Buffer.alloc(1024)])
}

/** One entry without the archive's end. */
export function entryOf(entry: TarEntry): Buffer {
  const content = Buffer.from(entry.content ?? '')
  const header = Buffer.alloc(512)
  header.write(entry.name, 0, 100, 'latin1')
  header.write(entry.mode ?? '0000644', 100, 'latin1')
  header.write(entry.size ?? content.length.toString(8).padStart(11, '0'), 124, 12, 'latin1')
  header.write('00000000001', 136, 'latin1')
  header.write(' '.repeat(8), 148, 'latin1')
  header.write(entry.type ?? '0', 156, 'latin1')
  header.write(entry.link ?? '', 157, 100, 'latin1')
  header.write(entry.magic ?? 'ustar\x0000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(entry.checkSum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, content, Buffer.alloc(-content.length & 511)])
}

/** A record of a pax header; its length counts itself. */
export function paxRecord(key: string, value: string): string {
  const body = ` ${key}=${value}\n`
  let length = body.length + 1
  while (`${length}${body}`.length !== length) length++
  return `${length}${body}`
}
