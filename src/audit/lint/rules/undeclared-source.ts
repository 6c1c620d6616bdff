import { nearest } from '../../../base/suggest.js'
import { fetchedFiles, takesFile } from '../fetched-files.js'
import type { PackageRule } from '../rule.js'

const HASH = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'

const Containerfile = 'FROM scratch AS package\nCOPY --from=fetch data-2.tar /\n'

/** A file that nothing will have fetched. */
export const undeclaredSource: PackageRule = {
  name: 'undeclared-source',
  on: 'package',
  level: 'error',
  summary: 'A fetched file that no source declares',
  reason: `
The folder \`fetch\` holds what \`[sources]\` declares and nothing else. A build that reads another file from it fails, or
works on one machine alone, where an old file happens to lie.`,
  bad: {
    'package.toml': `[package]
name = "data"

[sources.data]
hash = "${HASH}"
mirrors = ["https://example.org/data-1.tar", "https://example.com/data-1.tar"]
`,
    Containerfile
  },
  good: {
    'package.toml': `[package]
name = "data"

[sources.data]
hash = "${HASH}"
mirrors = ["https://example.org/data-2.tar", "https://example.com/data-2.tar"]
`,
    Containerfile
  },
  *check(subject) {
    const files = subject.package.sources.map(({ file }) => file)
    for (const { pattern, position } of fetchedFiles(subject) ?? []) {
      if (pattern === '' || files.some((file) => takesFile(pattern, file))) continue
      const near = nearest(pattern, files)
      yield {
        file: 'Containerfile',
        position,
        message: 'no source of the package has this file',
        expected: files.length === 0 ? 'a [sources.…] in package.toml' : `one of ${files.join()}`,
        found: pattern,
        ...(near === undefined ? {} : { hint: `did you mean \`${near}\`?` })
      }
    }
  }
}
