import { describe, expect, it } from 'vitest'
import { lintPackage } from './lint-tree.js'

const comment = '# stagex-lint: allow network-in-run — the test needs it'

/** Rules and lines of what is found in a Containerfile of these lines. */
async function found(...lines: readonly string[]): Promise<string[]> {
  const findings = await lintPackage({ Containerfile: [...lines, ''].join('\n') })
  return findings.map(({ rule, position }) => `${rule} ${position?.line ?? '-'}`)
}

describe('a comment that allows a rule', () => {
  it('covers the instruction below it, and no other', async () => {
    expect(await found('FROM scratch', comment, 'RUN ["/a"]', 'RUN ["/b"]')).toEqual([
      'network-in-run 4'
    ])
  })

  it('covers an instruction of many lines', async () => {
    expect(await found('FROM scratch', comment, 'RUN \\', '  true <<EOF', 'x', 'EOF')).toEqual([])
  })

  it('may be one of several comments above it', async () => {
    expect(await found('FROM scratch', '# one', comment, '# two', 'RUN ["/a"]')).toEqual([])
  })

  it('covers the whole file where an empty line follows', async () => {
    expect(await found(comment, '', 'FROM scratch', 'RUN ["/a"]', 'RUN ["/b"]')).toEqual([])
  })

  it.each(['—', '–', '-', '--'])('may have %s before its reason', async (dash) => {
    expect(await found('FROM scratch', comment.replace('—', dash), 'RUN ["/a"]')).toEqual([])
  })

  it('may name several rules', async () => {
    const both = '# stagex-lint: allow network-in-run, unpinned-input — both'
    expect(await found(both, '', 'FROM debian', 'RUN ["/a"]')).toEqual([])
  })
})

describe('a comment that does not do what was meant', () => {
  it('allows nothing without a reason, and is found itself', async () => {
    const lines = ['FROM scratch', '# stagex-lint: allow network-in-run', 'RUN ["/a"]']
    expect(await found(...lines)).toEqual(['useless-comment 2', 'network-in-run 3'])
  })

  it.each(['# stagex-lint: alow network-in-run — x', '# stagex-lint: allow — x', '#stagex-lint:'])(
    'is found: %s',
    async (line) => {
      expect(await found('FROM scratch', line, 'ENV A=b')).toEqual(['useless-comment 2'])
    }
  )

  it('is found when nothing needs it', async () => {
    expect(await found('FROM scratch', comment, 'RUN --network=none ["/a"]')).toEqual([
      'useless-comment 2'
    ])
  })

  it('is found, with the rule that was meant, when it names none', async () => {
    const misspelt = comment.replace('network', 'netwrok')
    const findings = await lintPackage({
      Containerfile: `FROM scratch\n${misspelt}\nRUN --network=none ["/a"]\n`
    })
    expect(findings.map(({ rule }) => rule)).toEqual(['useless-comment'])
    expect(findings[0]?.hint).toContain('network-in-run')
  })
})

describe('comments in package.toml', () => {
  const hash = '0123456789abcdef'.repeat(4)
  const head = '[package]\nname = "data"\n'
  const source = (mirrors: string): string => `[sources.data]\nhash = "${hash}"\n${mirrors}\n`
  const rules = async (text: string): Promise<string[]> => {
    const Containerfile = 'FROM scratch\nCOPY fetch /\n'
    const findings = await lintPackage({ 'package.toml': text, Containerfile })
    return findings.map(({ rule }) => rule)
  }
  const allow = '# stagex-lint: allow single-mirror — upstream has no other'
  const one = 'mirrors = ["https://example.org/x"]'

  it('cover the key below them', async () => {
    expect(await rules(`${head}\n${source(`${allow}\n${one}`)}`)).toEqual([])
  })

  it('cover a key of many lines', async () => {
    const many = `mirrors = [\n    "https://example.org/${'x'.repeat(80)}",\n]`
    expect(await rules(`${head}\n${source(`${allow}\n${many}`)}`)).toEqual([])
  })

  it('cover the table below them', async () => {
    expect(await rules(`${head}\n${allow}\n${source(one)}`)).toEqual([])
  })

  it('cover the line that they end', async () => {
    expect(await rules(`${head}\n${source(`${one} ${allow}`)}`)).toEqual([])
  })

  it('cover no other table', async () => {
    const other = source(one).replace('sources.data', 'sources.other')
    const text = `${head}\n${allow}\n${source(one)}\n${other}`
    expect(await rules(text)).toEqual(['single-mirror'])
  })
})
