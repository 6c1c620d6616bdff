import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import { PathMatcher, parseIgnoreFile } from '../../containerfile/ignore-file.js'
import { withoutMatches } from '../copy/path-filter.js'
import type { SourceTree } from '../copy/select-sources.js'
import type { ImageRequest } from '../plan/image-request.js'

/**
 * The build context: the package's folder, less what its ignore file leaves out. A package that declares
 * sources has them at `fetch/`, and a folder of that name is not part of its own.
 */
export function contextTree(request: ImageRequest): SourceTree {
  const folder = dirname(request.containerfile)
  const own = join(folder, `${basename(request.containerfile)}.dockerignore`)
  // An ignore file named after the Containerfile goes before the general one.
  const files = [own, join(request.context, '.dockerignore')]
  const tree = folderTree(request.context, files, 'the build context')
  if (request.sources.length === 0) return tree
  return {
    ...tree,
    includes: (path, isDirectory) =>
      !/^fetch(?:\/|$)/.test(path) && tree.includes(path, isDirectory),
    mounted: { name: 'fetch', tree: fetchTree(request) }
  }
}

/** A context that the build gives a name: a folder with an ignore file of its own, or the sources. */
export function namedContextTree(request: ImageRequest, name: string): SourceTree {
  const folder = request.contexts?.[name]
  if (folder === undefined) return fetchTree(request)
  return folderTree(folder, [join(folder, '.dockerignore')], `the context "${name}"`)
}

/** The package's verified sources. */
function fetchTree(request: ImageRequest): SourceTree {
  const names = new Set(request.sources.map(({ file }) => bytesOfText(file)))
  return {
    root: bytesOfText(request.fetch),
    label: 'the package’s declared sources',
    // Whatever else lies in the folder was not declared, and is not verified.
    includes: (path) => path === '' || names.has(path)
  }
}

function folderTree(folder: string, ignoreFiles: readonly string[], label: string): SourceTree {
  const root = bytesOfText(folder)
  const file = ignoreFiles.find((each) => existsSync(each))
  if (file === undefined) return { root, label, includes: () => true }
  const matcher = new PathMatcher(parseIgnoreFile(readFileSync(file, 'utf8'), file))
  return { root, label, includes: withoutMatches(root, matcher) }
}
