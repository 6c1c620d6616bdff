import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintPackage } from './lint-tree.js'
import { cpuMilliseconds } from '../../world/cpu-time.js'

const HASH = '0123456789abcdef'.repeat(4)

const instruction = fc.constantFrom(
  'FROM scratch',
  'FROM stagex/core-x AS a',
  'from a as b',
  'RUN true',
  'RUN --network=none <<EOF',
  'EOF',
  'COPY --from=fetch x /',
  'COPY --from=a *[ .',
  'ADD https://x/$Y.git#z /',
  'ONBUILD RUN true',
  'ONBUILD ONBUILD RUN true',
  'ARG A=${B:-${C}}',
  'ENV A=$A \\',
  '# stagex-lint: allow network-in-run /x — y',
  '# stagex-lint: allow',
  '# escape=`',
  'WORKDIR $A',
  ''
)
const statement = fc.constantFrom(
  '[package]',
  'name = "data"',
  'version = "1"',
  'version_from = "user-data"',
  'license = ["x", "MIT"]',
  'subpackages = ["a", "b"]',
  '[sources.a]',
  '[sources."b c"]',
  `hash = "${HASH}"`,
  'mirrors = ["http://x/y", "nonsense", "debian:x"]',
  '# stagex-lint: allow single-mirror, http-only-source — z',
  'x = { y = [ # z',
  '"',
  ''
)

describe('files that nobody means well with', () => {
  it('are checked without a crash, and findings stand where there is a line', async () => {
    const lines = fc.array(instruction, { maxLength: 12 }).map((each) => each.join('\n'))
    const toml = fc.array(statement, { maxLength: 12 }).map((each) => each.join('\n'))
    await fc.assert(
      fc.asyncProperty(toml, lines, async (definition, containerfile) => {
        const example = { 'package.toml': definition, Containerfile: containerfile }
        for (const { file, position } of await lintPackage(example)) {
          const text = file.endsWith('.toml') ? definition : containerfile
          expect(position?.line ?? 1).toBeLessThanOrEqual(text.split('\n').length)
          expect(position?.column ?? 1).toBeGreaterThan(0)
        }
      }),
      { numRuns: 500 }
    )
  }, 60_000)

  it('take no longer the more of everything they have', async () => {
    const source = (index: number): string =>
      `[sources.s${index}]\nhash = "${HASH}"\nmirrors = ["http://x/${index}"]\n`
    const sources = Array.from({ length: 8000 }, (_, index) => source(index))
    const copies = Array.from({ length: 8000 }, (_, index) => `COPY fetch/*${index} .\nRUN x\n`)
    const comments = '# stagex-lint: allow network-in-run — x\n'.repeat(8000)
    const before = cpuMilliseconds()
    const findings = await lintPackage({
      'package.toml': `[package]\nname = "data"\n${sources.join('')}`,
      Containerfile: `FROM scratch\n${copies.join('')}${comments}`
    })
    expect(findings.length).toBeGreaterThan(16_000)
    expect(cpuMilliseconds() - before).toBeLessThan(30_000)
  }, 60_000)
})
