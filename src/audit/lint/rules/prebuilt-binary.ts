import { textOfBytes } from '../../../base/byte-string.js'
import type { SourceMember } from '../source-members.js'
import type { SourceRule } from '../rule.js'

/** Machine code among the sources. */
export const prebuiltBinary: SourceRule = {
  name: 'prebuilt-binary',
  on: 'source',
  level: 'warning',
  summary: 'A source with programs or libraries in it that somebody else has compiled',
  reason: `
Nobody can read what is compiled already, and a build that starts it trusts whoever compiled it. Remove such files before
anything is built, so that the build shows that it does without them; then allow the path. Test data that is never
executed can be allowed, too.`,
  bad: {
    'package.toml': `[package]
name = "data"

[sources.data]
hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
mirrors = ["https://example.org/with-programs.tar", "https://example.com/with-programs.tar"]
`
  },
  good: {
    'package.toml': `[package]
name = "data"

# stagex-lint: allow prebuilt-binary /data-1.2/test — read by the test suite, never started
[sources.data]
hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
mirrors = ["https://example.org/with-programs.tar", "https://example.com/with-programs.tar"]
`
  },
  check: (member) => {
    const message = machineCode(member)
    if (message === undefined) return undefined
    return { path: `/${textOfBytes(member.path).replace(/^(?:\.?\/)+/, '')}`, message }
  }
}

const FORMATS: readonly (readonly [start: string, what: string])[] = [
  ['7f454c46', 'ELF files'],
  ['feedface', 'Mach-O files'],
  ['feedfacf', 'Mach-O files'],
  ['cefaedfe', 'Mach-O files'],
  ['cffaedfe', 'Mach-O files'],
  ['cafebabe', 'Java classes or Mach-O files'],
  ['0061736d', 'WebAssembly modules']
]

function machineCode({ path, start }: SourceMember): string | undefined {
  const hex = start.toString('hex', 0, 4)
  const known = FORMATS.find(([magic]) => hex === magic)?.[1]
  if (known !== undefined) return known
  if (isPortableExecutable(start)) return 'Windows programs'
  // A zip of classes; the name is all that tells it from another zip.
  return hex === '504b0304' && /\.(?:jar|war)$/i.test(path) ? 'Java archives' : undefined
}

/** `MZ`, and at the offset that the header gives at byte 60, `PE`. */
function isPortableExecutable(start: Buffer): boolean {
  if (start.length < 64 || start.toString('latin1', 0, 2) !== 'MZ') return false
  const at = start.readUInt32LE(60)
  return at + 4 <= start.length && start.toString('latin1', at, at + 4) === 'PE\0\0'
}
