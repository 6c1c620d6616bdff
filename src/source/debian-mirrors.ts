import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../base/order.js'
import { type AptArchive, parseDeb822Sources, parseSourcesList } from './apt-sources.js'
import type { Environment } from '../http/environment.js'
import { SourceError } from './source-error.js'

/** Releases of Debian, which tell its archives from the others that apt may know. */
const DEBIAN_SUITE =
  /^(?:sid|unstable|experimental|testing|(?:old)*stable|buster|bullseye|bookworm|trixie|forky|duke)(?:[-/].*)?$/

/**
 * Base URLs of the Debian mirrors to use: `STAGEX_DEBIAN_MIRROR` (one or several, by white space), else
 * those of apt's configuration below `etc`, security archives last. May be empty.
 */
export function debianMirrors(environment: Environment, etc = '/etc'): string[] {
  const named = environment['STAGEX_DEBIAN_MIRROR']?.match(/\S+/g)
  if (named !== undefined && named !== null) return named.map((url) => url.replace(/\/+$/, ''))
  const all = aptArchives(join(etc, 'apt'))
  const debian = all.filter((archive) => archive.suites.some((suite) => DEBIAN_SUITE.test(suite)))
  const usable = debian.length > 0 ? debian : all
  const last = usable.filter(isSecurity)
  const first = usable.filter((archive) => !isSecurity(archive))
  return [...new Set([...first, ...last].map((archive) => archive.url))]
}

/**
 * The URLs that `debian:<path>` stands for, in the order to try.
 * @throws SourceError `source/bad-mirror` for a path that leaves the mirror, `source/no-debian-mirror`
 */
export function debianUrls(mirror: URL, bases: readonly string[]): URL[] {
  const path = mirror.pathname
  const plain = /^[A-Za-z0-9][A-Za-z0-9/._+~-]*$/.test(path) && mirror.href === `debian:${path}`
  if (!plain || path.split('/').includes('..')) {
    const details = { where: mirror.href, expected: 'debian:pool/main/…/<file>' }
    throw new SourceError('source/bad-mirror', 'this is no path under a Debian mirror', details)
  }
  if (bases.length === 0) {
    throw new SourceError('source/no-debian-mirror', 'no Debian mirror is known', {
      where: mirror.href,
      hint: 'set STAGEX_DEBIAN_MIRROR to the base URL of one'
    })
  }
  return bases.map((base) => new URL(`${base}/${path}`))
}

function isSecurity(archive: AptArchive): boolean {
  return archive.suites.every((suite) => suite.includes('security'))
}

function aptArchives(apt: string): AptArchive[] {
  const parts = join(apt, 'sources.list.d')
  const files = listed(parts).map((name) => join(parts, name))
  return [join(apt, 'sources.list'), ...files].flatMap((path) => {
    if (path.endsWith('.list')) return parseSourcesList(readIfThere(path))
    return path.endsWith('.sources') ? parseDeb822Sources(readIfThere(path)) : []
  })
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort(byCodeUnit)
  } catch {
    return []
  }
}

/** A machine without apt, or without the right to read a part, just has fewer mirrors. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
