import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import { PathMatcher, parseIgnoreFile } from '../../containerfile/ignore-file.js'
import type { SourceTree } from '../copy/select-sources.js'
import type { ImageRequest } from '../plan/image-request.js'

/** The build context: the package's folder, less what its ignore file leaves out. */
export function contextTree(request: ImageRequest): SourceTree {
  const file = ignoreFile(request)
  const root = bytesOfText(request.context)
  const label = 'the build context'
  if (file === undefined) return { root, label, includes: () => true }
  const matcher = new PathMatcher(parseIgnoreFile(readFileSync(file, 'utf8'), file))
  return {
    root,
    label,
    // Something below a folder that is left out may be taken back in.
    includes: (path, isDirectory) =>
      !matcher.matches(path) || (isDirectory && matcher.hasExceptions)
  }
}

/** The context `fetch`: the package's verified sources. */
export function fetchTree(request: ImageRequest): SourceTree {
  const names = new Set(request.sources.map(({ file }) => bytesOfText(file)))
  return {
    root: bytesOfText(request.fetch),
    label: 'the package’s sources (context "fetch")',
    // Whatever else lies in the folder was not declared, and is not verified.
    includes: (path) => path === '' || names.has(path)
  }
}

/** An ignore file named after the Containerfile goes before the general one. */
function ignoreFile(request: ImageRequest): string | undefined {
  const folder = dirname(request.containerfile)
  const own = join(folder, `${basename(request.containerfile)}.dockerignore`)
  return [own, join(request.context, '.dockerignore')].find((file) => existsSync(file))
}
