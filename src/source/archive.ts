/** Where an archive of sources keeps the file with this hash: the layout that `mirrorSources` writes. */
export function archiveMirror(base: string, hash: string): string {
  return `${base.replace(/\/+$/, '')}/sha256/${hash}`
}
