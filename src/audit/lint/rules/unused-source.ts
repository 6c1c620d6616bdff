import { fetchedFiles, takesFile } from '../fetched-files.js'
import type { PackageRule } from '../rule.js'

const HASH = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'

const definition = `[package]
name = "data"

[sources.data]
hash = "${HASH}"
mirrors = ["https://example.org/data.tar", "https://example.com/data.tar"]
`

/** A source that is fetched for nothing. */
export const unusedSource: PackageRule = {
  name: 'unused-source',
  on: 'package',
  level: 'warning',
  summary: 'A declared source that the Containerfile never reads',
  reason: `
It is fetched, verified and listed among what the image is made of, and no byte of the image comes from it. Remove it
from package.toml, or copy it from \`fetch\`.`,
  bad: { 'package.toml': definition, Containerfile: 'FROM scratch AS package\n' },
  good: {
    'package.toml': definition,
    Containerfile: 'FROM scratch AS package\nCOPY --from=fetch data.tar /\n'
  },
  *check(subject) {
    const read = fetchedFiles(subject)
    if (read === undefined) return
    for (const { key, file } of subject.package.sources) {
      if (read.some(({ pattern }) => takesFile(pattern, file))) continue
      yield {
        file: 'package.toml',
        position: subject.definition.positionOf(['sources', key]),
        message: `nothing reads the source \`${key}\``,
        expected: `a COPY or ADD of fetch/${file}`
      }
    }
  }
}
