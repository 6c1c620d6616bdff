import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planStages } from '../../src/tree/plan-stages.js'
import { scanStages } from '../../src/tree/scan-stages.js'
import { cpuMilliseconds } from '../world/cpu-time.js'

const context = { file: 'Containerfile', buildArguments: {}, platforms: [] }

/** What the full parser makes of the text; 'refused' where it refuses. */
function planned(text: string): unknown {
  try {
    return planStages(text, context)
  } catch {
    return 'refused'
  }
}

describe('the quick scan of a Containerfile', () => {
  test('reads references in every place where they may stand', () => {
    const text = [
      '# a comment',
      'ARG VERSION',
      'FROM --platform=linux/386 stagex/bootstrap-stage1:1.0 AS Build',
      'COPY --chmod=755 --from=docker.io/stagex/core-zlib . /',
      'RUN --network=none <<-EOF',
      '\tFROM stagex/core-not-this',
      '\tEOF',
      'ENV A=b \\',
      '  # COPY --from=stagex/core-nor-this',
      '  FROM=stagex/core-nor-this',
      'FROM scratch',
      'COPY --from=build --link /out /',
      'COPY --from=fetch file /',
      `COPY --from=stagex/core-a@sha256:${'0'.repeat(64)} . /`,
      'COPY --from=debian:stable . /',
      ''
    ].join('\n')
    const stages = scanStages(text)
    expect(stages).toEqual([
      {
        name: 'build',
        stages: [],
        images: [
          { text: 'stagex/bootstrap-stage1:1.0', image: 'bootstrap-stage1', tag: '1.0', line: 3 },
          { text: 'stagex/core-zlib', image: 'core-zlib', line: 4 }
        ]
      },
      {
        stages: [0],
        images: [
          {
            text: `stagex/core-a@sha256:${'0'.repeat(64)}`,
            image: 'core-a',
            digest: `sha256:${'0'.repeat(64)}`,
            line: 14
          },
          { text: 'debian:stable', tag: 'stable', line: 15 }
        ]
      }
    ])
    expect(planned(text)).toEqual(stages)
  })

  test.each([
    ['a mount', 'FROM scratch\nRUN --mount=from=stagex/core-a,target=/a true\n'],
    ['a variable in FROM', 'ARG BASE=stagex/core-a\nFROM $BASE\n'],
    ['another escape character', '# escape=`\nFROM scratch\n'],
    ['a trigger', 'FROM scratch\nONBUILD COPY --from=stagex/core-a . /\n'],
    ['a stage by number', 'FROM stagex/core-a\nFROM scratch\nCOPY --from=0 . /\n'],
    ['a quoted flag', 'FROM scratch\nCOPY --from="stagex/core-a" . /\n'],
    ['carriage returns', 'FROM scratch\r\nCOPY --from=stagex/core-a . /\r\n'],
    ['two stages of one name', 'FROM stagex/core-a AS a\nFROM scratch AS a\nFROM a\n'],
    ['a here-document with a name out of the ordinary', 'FROM scratch\nRUN <<"E F"\nE F\n'],
    ['an unknown instruction', 'FROM scratch\nCOPPY --from=stagex/core-a . /\n'],
    ['garbage', '\u0001\u0002\u0003'],
    ['nothing', '']
  ])('leaves %s to the full parser', (_what, text) => {
    expect(scanStages(text)).toBeUndefined()
  })

  const piece = fc.constantFrom(
    ...['FROM', 'COPY', 'RUN', 'ADD', 'ARG', 'ENV', 'AS', 'as', 'from', 'ONBUILD', 'SHELL'],
    ...[
      '--from=a',
      '--from=B',
      '--from=0',
      '--from=stagex/core-x',
      '--from=fetch',
      '--from=scratch'
    ],
    ...['--mount=from=a', '--platform=linux/386', '--link', '--network=none', '--chmod=755', '--'],
    ...['a', 'B', 'b', 'scratch', 'stagex/core-x:1', 'docker.io/stagex/user-y', 'fetch', '.', '/x'],
    ...[
      '<<EOF',
      '<<-EOF',
      "<<'EOF'",
      '<<"E"',
      '<<<x',
      '1<<EOF',
      '\nEOF\n',
      '\n\tEOF\n',
      'EOF',
      'E'
    ],
    ...[
      '\\\n',
      '\\',
      '\\\\\n',
      '# c\n',
      '#',
      '"',
      "'",
      '$A',
      '=',
      '["a"]',
      '\t',
      ' ',
      '\n',
      '\n\n'
    ],
    ...['# escape=`\n', '\u00a0', '\r\n', '\ufeff', 'A=1']
  )
  const line = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('FROM scratch AS a', 'FROM a AS b', 'FROM stagex/c-d')
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom('COPY --from=a . /', 'COPY --from=stagex/e-f . /', 'ENV X=1')
    },
    { weight: 2, arbitrary: fc.constantFrom('RUN <<-EOF\n\tFROM x\n\tEOF', 'RUN a \\\nFROM b') },
    { weight: 3, arbitrary: fc.array(piece, { maxLength: 8 }).map((words) => words.join(' ')) },
    { weight: 1, arbitrary: fc.array(piece, { maxLength: 8 }).map((words) => words.join('')) }
  )

  test('agrees with the full parser wherever both read a file', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join('\n')
        const scanned = scanStages(text)
        const full = planned(text)
        // The scan leaves it to the build to tell of errors that change no reference.
        if (scanned === undefined || full === 'refused') return
        expect(scanned).toEqual(full)
      }),
      { numRuns: 20_000 }
    )
  })

  const corpus = 'test/conformance'
  test.skipIf(!existsSync(corpus))('agrees with the full parser on every conformance case', () => {
    for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('Containerfile')) continue
      const text = readFileSync(join(corpus, name), 'utf8')
      const scanned = scanStages(text)
      const full = planned(text)
      if (scanned !== undefined && full !== 'refused') expect([name, scanned]).toEqual([name, full])
    }
  })

  test('takes time in proportion to the text, however it is built', () => {
    const hostile = [
      'FROM scratch\nRUN ' + '\\\n'.repeat(200_000),
      'FROM scratch\nRUN ' + '<<A '.repeat(50_000),
      'FROM scratch\nCOPY ' + '--from=a '.repeat(50_000),
      'FROM ' + ' '.repeat(500_000),
      'FROM a-'.repeat(50_000),
      'FROM scratch AS a\nFROM scratch\n' + 'COPY --from=a . /\n'.repeat(30_000)
    ]
    for (const text of hostile) {
      const start = cpuMilliseconds()
      scanStages(text)
      expect(cpuMilliseconds() - start).toBeLessThan(2000)
    }
  })
})
