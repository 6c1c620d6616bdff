import { parsedUrl } from '../../../http/shown-url.js'
import type { Source } from '../../../source/source.js'
import type { PackageRule } from '../rule.js'

/** A source that is lost with one host. */
export const singleMirror: PackageRule = {
  name: 'single-mirror',
  on: 'package',
  level: 'warning',
  summary: 'A source that one host alone serves',
  reason: `
Hosts go away. A tree can be built as long as each of its sources can be had from somewhere, so name two hosts that
have nothing to do with each other. Two addresses on one host count as one; a \`debian:\` mirror counts as many, since
it stands for every mirror that the machine knows.`,
  bad: {
    'package.toml': `[package]
name = "data"

[sources.data]
hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
mirrors = ["https://example.org/data.tar", "https://example.org/old/data.tar"]
`
  },
  good: {
    'package.toml': `[package]
name = "data"

[sources.data]
hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
mirrors = ["https://example.org/data.tar", "https://example.com/data.tar"]
`
  },
  *check({ package: { sources }, definition }) {
    for (const source of sources) {
      const hosts = hostsOf(source)
      if (hosts.size !== 1 || hosts.has('debian:')) continue
      yield {
        file: 'package.toml',
        position: definition.positionOf(['sources', source.key, 'mirrors']),
        message: `the source \`${source.key}\` is lost with one host`,
        expected: 'mirrors on two hosts',
        found: [...hosts].join()
      }
    }
  }
}

function hostsOf({ mirrors }: Source): Set<string> {
  return new Set(
    mirrors.flatMap((mirror) => {
      const url = parsedUrl(mirror)
      if (url === undefined) return []
      return /^https?:$/.test(url.protocol) ? [url.hostname] : [url.protocol]
    })
  )
}
