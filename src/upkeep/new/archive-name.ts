/** What a release's file name tells. */
export interface ArchiveName {
  /** `tar.gz`; the last extension of a file that is no tar. */
  readonly format: string
  /** As upstream counts it, with dots. */
  readonly version?: string
}

const tar = /\.(tar\.(?:gz|xz|bz2|zst|lz|lzma|Z)|tgz|txz|tbz2?|tar|zip)$/

/**
 * Reads the path of a release's URL: its file's name, and where that has no version in it the folder's.
 * @param path decoded, with slashes
 */
export function archiveName(path: string): ArchiveName {
  const segments = path.split('/').filter((segment) => segment !== '')
  const file = segments.at(-1) ?? ''
  const format = tar.exec(file)?.[1] ?? /\.([A-Za-z][\w+-]{0,15})$/.exec(file)?.[1] ?? 'bin'
  const stem = file.endsWith(`.${format}`) ? file.slice(0, -format.length - 1) : file
  const version = versionAtEnd(stem) ?? versionAtEnd(segments.at(-2) ?? '')
  return { format, ...(version !== undefined && { version }) }
}

/** `zlib-1.3.1`, `v2.0-rc1`, `boost_1_84_0`. */
function versionAtEnd(text: string): string | undefined {
  if (text.length > 200) return undefined
  const found =
    /(?:^|[-_.]|[a-z]v?)(\d+(?:[._]\d+)*[a-z]?(?:[-_.]?(?:rc|beta|alpha|pre)[-.]?\d*)?)$/i
  const version = found.exec(text)?.[1]
  return version?.includes('.') === false ? version.replaceAll('_', '.') : version
}
