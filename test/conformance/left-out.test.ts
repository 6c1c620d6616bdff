import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { StagexError } from '../../src/base/error.js'
import { decodeContainerfile } from '../../src/containerfile/containerfile.js'
import { PathMatcher, parseIgnoreFile } from '../../src/containerfile/ignore-file.js'
import { planOf, resolveTarget } from '../containerfile/golden-case.js'
import { loadCases } from './conformance-case.js'

/** A line of the document's tables of what is refused. */
interface LeftOut {
  readonly written: string
  readonly codes: readonly string[]
}

/** How to show that something is refused: the code that it ends with. */
type Example = () => string

const document = readFileSync(join(import.meta.dirname, '../../docs/containerfile.md'), 'utf8')
const cases = new Map(loadCases().map((one) => [one.name, one]))

function linesOf(heading: string): LeftOut[] {
  const [section = ''] = document.split(`## ${heading}\n`)[1]?.split('\n## ') ?? []
  const rows = section.split('\n').filter((line) => /^\| (?!written)/.test(line))
  return rows.map((row) => {
    const [written = '', errors = ''] = row.slice('| '.length).split(' | ')
    return { written, codes: [...errors.matchAll(/`([^`]+)`/g)].map(([, code = '']) => whole(code)) }
  })
}

function whole(code: string): string {
  return code.includes('/') ? code : `containerfile/${code}`
}

/** A Containerfile, `FROM scratch` left out. */
function of(lines: string, first = 'FROM scratch\n'): Example {
  return () => codeOf(() => resolveTarget(planOf(`${first}${lines}\n`)))
}

function file(text: string): Example {
  return of('', text)
}

function ignoreFile(pattern: string): Example {
  return () => codeOf(() => new PathMatcher(parseIgnoreFile(pattern, '.dockerignore')))
}

/** A case of the suite, which is refused when it is built. */
function built(name: string): Example {
  return () => cases.get(name)?.refused ?? `no case ${name}`
}

function codeOf(refused: () => unknown): string {
  try {
    refused()
  } catch (error) {
    if (error instanceof StagexError) return (error as StagexError).code
    throw error
  }
  return 'nothing was wrong with it'
}

const commit = '0123456789abcdef0123456789abcdef01234567'
const hash = `sha256:${commit}${commit.slice(0, 24)}`
const nested = `${'${A:-'.repeat(101)}${'}'.repeat(101)}`
const doubled = Array.from({ length: 30 }, () => 'ENV A=$A$A').join('\n')

/** By the words of the document. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  '`ADD` of http(s) or git without `--checksum`': [
    of('ADD http://example.com/x /'),
    of('ADD https://example.com/x /'),
    of('ADD https://example.com/x.git /'),
    built('add-checksum-unpinned')
  ],
  '`RUN --mount=type=ssh`': [of('RUN --mount=type=ssh x')],
  '`RUN --security=insecure`, `RUN --device`': [
    of('RUN --security=insecure x'),
    of('RUN --device=vendor/device x')
  ],
  '`RUN --network=host`': [built('run-network-host')],
  '`RUN --mount=type=secret` with `required=true`': [built('run-secret-required')],
  '`# syntax=` other than `docker/dockerfile:1…`, `:latest`, `:labs`': [
    file('# syntax=docker/dockerfile:2\nFROM scratch\n'),
    file('# syntax=example/frontend\nFROM scratch\n')
  ],
  'bytes that are not UTF-8, a NUL character': [
    () => codeOf(() => decodeContainerfile(Buffer.from('FROM \xff', 'latin1'), 'Containerfile')),
    of('RUN a\0b')
  ],
  'a flag with other than ASCII characters': [of('COPY --chown=ü a b')],
  'keywords and `AS` with letters that fold to ASCII (`ſ`, the Kelvin sign)': [
    of('U\u017fER 1'),
    file('FROM scratch A\u017f x\n')
  ],
  'flags on ARG and STOPSIGNAL, unknown ones and such without value on `HEALTHCHECK NONE`': [
    of('ARG --x A'),
    of('STOPSIGNAL --x 9'),
    of('HEALTHCHECK --x NONE'),
    of('HEALTHCHECK --interval NONE')
  ],
  'an ONBUILD trigger that is wrong in itself': [of('ONBUILD EVN a=b')],
  'a here-document in the JSON form, or one whose name is a path': [
    of('COPY ["<<E", "/x"]'),
    of('COPY <<../e /x/\n../e')
  ],
  'an image that starts from a stage in whose place a context is': [built('context-as-base')],
  '`ADD` of a Git repository, with its commit or without': [
    built('add-git'),
    of('ADD https://example.com/x.git /')
  ],
  'an address for ADD whose path ends in `..` or holds a NUL': [
    of(`ADD --checksum=${hash} https://example.com/a/%2e%2e /`),
    of(`ADD --checksum=${hash} https://example.com/a%00 /`)
  ],
  'ADD of an archive with a device file in it': [built('add-archive-device')],
  '`--chown` with a group that the image does not know': [built('chown-unknown-group')],
  'a remote source of ADD beside others': [of(`ADD --checksum=${hash} https://example.com/x y /z/`)],
  '`COPY --from=N` where N counts an image that another COPY names': [
    of('COPY --from=stagex/x a /\nCOPY --from=1 a /')
  ],
  '`os(version)/arch` platforms': [file('FROM --platform=linux(5)/amd64 scratch\n')],
  'mount options that mean nothing for the type (`tmpfs` with `from`, `source`, `ro`; `env` on `cache`)':
    [
      of('RUN --mount=type=tmpfs,target=/t,from=x y'),
      of('RUN --mount=type=tmpfs,target=/t,source=x y'),
      of('RUN --mount=type=tmpfs,target=/t,ro y'),
      of('RUN --mount=type=cache,target=/t,env=X y')
    ],
  'durations of more than 104 days': [of('HEALTHCHECK --interval=2520h CMD x')],
  "`.dockerignore` patterns that reach Go's regexp by mistake: `\\d`, `[*]`, `[[:alpha:]]`": [
    ignoreFile('\\d'),
    ignoreFile('[*]'),
    ignoreFile('[[:alpha:]]')
  ],
  'substitutions nested deeper than 100, words that expand to more than 1 MiB, files of more than 4 MiB characters, files whose stages expand to more than 64 times their size and 16 MiB':
    [
      of(`USER ${nested}`),
      of(`ENV A=x\n${doubled}`),
      of(`# ${'x'.repeat(2 ** 22)}`),
      of(`ENV A=${'x'.repeat(1000)}\n${'ENV B=${A}${A}${A}${A}\n'.repeat(10_000)}`)
    ]
}

const leftOut = [...linesOf('What is refused, and why'), ...linesOf('What was left out')]

describe('what is left out of the language', () => {
  test('has an example for every line of the document', () => {
    expect(leftOut.map(({ written }) => written).sort()).toEqual(Object.keys(examples).sort())
  })

  test.for(leftOut)('$written', ({ written, codes }) => {
    const found = (examples[written] ?? []).map((example) => example())
    expect(codes).toEqual(expect.arrayContaining(found))
    expect(found).toEqual(expect.arrayContaining([...codes]))
  })
})
