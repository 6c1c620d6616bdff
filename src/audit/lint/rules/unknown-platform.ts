import { nearest } from '../../../base/suggest.js'
import {
  formatPlatform,
  isKnownPlatform,
  linuxPlatforms,
  parsePlatform
} from '../../../containerfile/platform.js'
import type { PackageRule } from '../rule.js'

/** A platform by a name that is probably a slip. */
export const unknownPlatform: PackageRule = {
  name: 'unknown-platform',
  on: 'package',
  level: 'warning',
  summary: 'A platform that has another name, or is none',
  reason: `
Every text of the form \`os/architecture\` can be built for, as under BuildKit, so that a slip is not refused: it makes
an image for a machine that nobody has. The names are
those of Go, so that \`x86_64\` is \`amd64\` and \`aarch64\` is \`arm64\`.`,
  bad: { 'package.toml': '[package]\nname = "data"\nplatforms = ["linux/amd65"]\n' },
  good: { 'package.toml': '[package]\nname = "data"\nplatforms = ["linux/amd64"]\n' },
  *check({ package: { platforms }, definition }) {
    for (const [index, platform] of platforms.entries()) {
      if (isKnownPlatform(platform)) continue
      const near = meantBy(platform)
      yield {
        file: 'package.toml',
        position: definition.positionOf(['package', 'platforms', index]),
        message: 'there is no platform of this name',
        expected: 'an operating system and an architecture by the names of Go, like linux/amd64',
        found: platform,
        ...(near !== undefined && { hint: `did you mean \`${near}\`?` })
      }
    }
  }
}

/** The proper name of what was written, or a near one. */
function meantBy(text: string): string | undefined {
  const parsed = parsePlatform(text, { os: 'linux', architecture: 'amd64' })
  const proper = parsed === undefined ? text : formatPlatform(parsed)
  return isKnownPlatform(proper) ? proper : nearest(text, linuxPlatforms())
}
