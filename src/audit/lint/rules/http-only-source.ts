import { shownUrl } from '../../../http/shown-url.js'
import type { PackageRule } from '../rule.js'

/** A source that can be had in clear text only. */
export const httpOnlySource: PackageRule = {
  name: 'http-only-source',
  on: 'package',
  level: 'warning',
  summary: 'A source that is served over plain http only',
  reason: `
The hash keeps changed bytes out of a build. But whoever looks up the hash of a new version over plain http takes the
word of everybody on the way, and everybody on the way sees what is built. Name a mirror with https first; where
there is none, allow the finding and say so.`,
  bad: {
    'package.toml': `[package]
name = "data"

[sources.data]
hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
mirrors = ["http://example.org/data.tar", "http://example.com/data.tar"]
`
  },
  good: {
    'package.toml': `[package]
name = "data"

[sources.data]
hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
mirrors = ["https://example.org/data.tar", "http://example.com/data.tar"]
`
  },
  *check({ package: { sources }, definition }) {
    for (const { key, mirrors } of sources) {
      if (mirrors.length === 0 || !mirrors.every((mirror) => /^http:/i.test(mirror))) continue
      yield {
        file: 'package.toml',
        position: definition.positionOf(['sources', key, 'mirrors']),
        message: `every mirror of the source \`${key}\` is plain http`,
        expected: 'an https: URL among the mirrors',
        found: shownUrl(mirrors[0] ?? '')
      }
    }
  }
}
