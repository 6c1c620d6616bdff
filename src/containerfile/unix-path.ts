import { posix } from 'node:path'

/** Joins and cleans as Go's path.Join does: no trailing slash stays. */
export function joinPath(...parts: readonly string[]): string {
  const joined = posix.normalize(parts.filter((part) => part !== '').join('/'))
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined
}

/** Cleans as Go's path.Clean does. */
export function cleanPath(path: string): string {
  return joinPath(path)
}

/**
 * What WORKDIR makes of its argument: joined to the current one when relative; an absolute path stays as it
 * was written, even when it is not clean.
 */
export function nextWorkingDirectory(current: string, path: string): string {
  const parent = current.startsWith('/') ? current : joinPath('/', current)
  if (path === '') return parent
  return path.startsWith('/') ? path : joinPath(parent, path)
}

/** A COPY's destination: absolute and clean; a slash or `/.` at its end stays, as it makes a difference. */
export function copyDestination(workingDirectory: string, path: string): string {
  const written = path === '' || path === '.' ? './' : path
  const clean = joinPath('/', written.startsWith('/') ? '' : workingDirectory, written)
  if (written.endsWith('/')) return clean === '/' ? clean : `${clean}/`
  if (written.endsWith('/.')) return clean === '/' ? '/.' : `${clean}/.`
  return clean
}
