import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rules } from '../../../src/audit/lint/rules.js'
import { rulesPage } from '../../../src/audit/lint/rules-page.js'
import { lintPackage, lintTree, named } from './lint-tree.js'

const HASH = '0123456789abcdef'.repeat(4)

/** A package with one source for each file name. */
function definition(...files: readonly string[]): string {
  const sources = files.map((file, index) => {
    const mirrors = `mirrors = ["https://example.org/${file}", "https://example.com/${file}"]`
    return `\n[sources.source${index}]\nhash = "${HASH}"\n${mirrors}\n`
  })
  return `[package]\nname = "data"\nversion = "1.2.3"\n${sources.join('')}`
}

/** Those whose examples need no build; built-images.test.ts and others ask the rest. */
const textRules = rules.filter(({ on }) => !['image', 'digest', 'source', 'reads'].includes(on))

describe('every rule', () => {
  it.each(textRules)('$name finds its bad example', async (rule) => {
    const findings = await lintPackage(rule.bad, [rule])
    expect(findings.map((finding) => finding.rule)).toContain(rule.name)
  })

  it.each(textRules)('$name has nothing to say of its good example', async (rule) => {
    expect(await lintPackage(rule.good, [rule])).toEqual([])
  })

  it.each(textRules)(
    '$name has a good example that no other rule finds anything in',
    async (rule) => {
      const others = rules.filter(({ name }) => name !== 'missing-dependency')
      expect(await lintPackage(rule.good, others)).toEqual([])
    }
  )

  it('has a name of its own, in words with dashes', () => {
    const names = rules.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/)
  })

  it('is in docs/rules.md as it is in the code (STAGEX_UPDATE=1 rewrites it)', () => {
    const page = rulesPage(rules)
    if (process.env['STAGEX_UPDATE'] === '1') writeFileSync('docs/rules.md', page)
    expect(readFileSync('docs/rules.md', 'utf8')).toBe(page)
  })
})

describe('network-in-run', () => {
  const check = async (line: string): Promise<unknown> => {
    const found = await lintPackage(
      { Containerfile: `FROM scratch\n${line}\n` },
      named('network-in-run')
    )
    return found.map(({ position }) => position?.line)
  }

  it.each([
    'RUN ["/bin/true"]',
    'RUN --network=host true',
    'RUN --network=default true',
    'RUN <<EOF\ntrue\nEOF',
    'ONBUILD RUN true'
  ])('finds %j', async (line) => {
    expect(await check(line)).toEqual([2])
  })

  it.each([
    'RUN --network=none true',
    'RUN --network=none --mount=type=tmpfs,target=/tmp true',
    'ONBUILD RUN --network=none true',
    'COPY <<EOF /x\nRUN true\nEOF',
    '# RUN true'
  ])('is content with %j', async (line) => {
    expect(await check(line)).toEqual([])
  })
})

describe('sources and what the Containerfile reads', () => {
  const check = async (files: readonly string[], lines: readonly string[]): Promise<string[]> => {
    const Containerfile = ['FROM scratch AS build', ...lines, 'FROM scratch AS package', ''].join(
      '\n'
    )
    const example = { 'package.toml': definition(...files), Containerfile }
    const found = await lintPackage(example, named('unused-source', 'undeclared-source'))
    return found.map(({ rule, found: what }) => (what === undefined ? rule : `${rule} ${what}`))
  }

  it.each([
    ['by its name', 'ADD fetch/a-1.2.3.tar .'],
    ['through a build argument', 'ARG VERSION\nADD fetch/a-${VERSION}.tar .'],
    ['through an ARG of the file', 'ARG WHAT=a-1.2.3\nADD fetch/${WHAT}.tar .'],
    ['by a wildcard', 'COPY fetch/*.tar .'],
    ['as part of the folder', 'COPY fetch .'],
    ['as part of the context', 'COPY . .'],
    ['from the context of that name', 'COPY --from=fetch a-1.2.3.tar .'],
    ['from the whole context of that name', 'COPY --from=fetch . .'],
    ['through a mount', 'RUN --network=none --mount=from=fetch,target=/x ["/x/y"]'],
    ['through a mount of the folder', 'RUN --network=none --mount=source=fetch,target=/x ["/x/y"]'],
    ['in a way that only the base image knows', 'COPY $SOMEWHERE .']
  ])('are the same when it is read %s', async (_, line) => {
    expect(await check(['a-1.2.3.tar'], line.split('\n'))).toEqual([])
  })

  it('differ when one of two is read', async () => {
    expect(await check(['a.tar', 'b.tar'], ['ADD fetch/a.tar .'])).toEqual(['unused-source'])
  })

  it('differ when an ARG was not declared in the stage that uses it', async () => {
    const found = await check(['a-1.2.3.tar'], ['ADD fetch/a-${VERSION}.tar .', 'ARG VERSION'])
    expect(found).toEqual(['undeclared-source a-.tar', 'unused-source'])
  })

  it('differ when a file of the package has the name of a fetched one', async () => {
    expect(await check(['a.tar'], ['COPY a.tar .'])).toEqual(['unused-source'])
  })
})

describe('unpinned-input', () => {
  const check = async (line: string): Promise<unknown[]> => {
    const found = await lintPackage(
      { Containerfile: `FROM scratch\n${line}\n` },
      named('unpinned-input')
    )
    return found.map((finding) => finding.found)
  }

  it.each([
    ['COPY --from=alpine:3 / /', 'alpine:3'],
    ['RUN --network=none --mount=from=alpine,target=/x ["/x"]', 'alpine'],
    ['ADD https://example.org/x /', 'https://example.org/x'],
    ['ADD https://example.org/x.git#v1 /', 'https://example.org/x.git#v1']
  ])('finds %s', async (line, what) => {
    expect(await check(line)).toEqual([what])
  })

  it.each([
    `COPY --from=alpine@sha256:${HASH} / /`,
    'COPY --from=stagex/core-zlib:1.2 / /',
    `ADD --checksum=sha256:${HASH} https://example.org/x /`,
    'COPY x /'
  ])('is content with %s', async (line) => {
    expect(await check(line)).toEqual([])
  })
})

describe('rules about the tree', () => {
  const files = {
    'core/a/package.toml': '[package]\nname = "a"\n',
    'core/a/Containerfile': 'FROM scratch\nCOPY --from=stagex/core-b / /\n',
    'core/b/package.toml': '[package]\nname = "b"\n',
    'core/b/Containerfile': 'FROM scratch\nCOPY --from=stagex/core-a / /\n'
  }

  it('tell of a circle once, as a path', async () => {
    const found = await lintTree(files, named('dependency-cycle'))
    expect(found.map((finding) => finding.found)).toEqual(['core-a → core-b → core-a'])
    expect(found[0]?.position?.line).toBe(2)
  })

  it('tell what was meant by an image that is not there', async () => {
    const meant = { ...files, 'core/b/Containerfile': 'FROM stagex/core-bb\n' }
    const [found] = await lintTree(meant, named('missing-dependency'))
    expect(found).toMatchObject({ package: 'core-b', found: 'stagex/core-bb' })
    expect(found?.hint).toContain('stagex/core-b')
  })

  it('find what the plain reader of references passes over', async () => {
    const odd = { ...files, 'core/b/Containerfile': 'FROM scratch\nEXPOSE\n' }
    const found = await lintTree(odd, named('broken-package'))
    expect(found.map((finding) => [finding.package, finding.position?.line])).toEqual([
      ['core-b', 2]
    ])
  })
})
