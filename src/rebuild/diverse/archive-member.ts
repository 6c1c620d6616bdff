const magic = '!<arch>\n'
/** A member's header: name (16), date, owner, group, mode, then the size in decimal at 48. */
const headerLength = 60

/**
 * The name of the member of an `ar` archive (System V ABI, "Archive File") in which a byte lies, its header
 * included; undefined for what is no archive, or is damaged before that byte.
 */
export function memberAt(archive: Buffer, offset: number): string | undefined {
  if (archive.toString('latin1', 0, magic.length) !== magic) return undefined
  const longNames = longNamesOf(archive)
  for (const { name, end } of membersOf(archive)) {
    if (offset < end) return fullName(name, longNames)
  }
  return undefined
}

interface Member {
  readonly name: string
  readonly start: number
  readonly end: number
}

function* membersOf(archive: Buffer): Generator<Member, void, undefined> {
  let at = magic.length
  while (at + headerLength <= archive.length) {
    const size = Number(archive.toString('latin1', at + 48, at + 58))
    if (!Number.isSafeInteger(size) || size < 0) return
    const start = at + headerLength
    // Members start at even places.
    const end = start + size + (size % 2)
    yield { name: archive.toString('latin1', at, at + 16).trimEnd(), start, end }
    at = end
  }
}

/** The member `//`, which holds the names that are longer than 15 characters. */
function longNamesOf(archive: Buffer): string {
  for (const { name, start, end } of membersOf(archive)) {
    if (name === '//') return archive.toString('latin1', start, end)
  }
  return ''
}

function fullName(name: string, longNames: string): string {
  if (name === '/') return 'the symbol table'
  const place = /^\/(\d+)$/.exec(name)?.[1]
  const full = place === undefined ? name : longNames.slice(Number(place)).split('\n', 1)[0]
  return (full ?? name).replace(/\/$/, '')
}
