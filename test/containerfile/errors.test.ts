import { describe, expect, test } from 'vitest'
import { ContainerfileError } from '../../src/containerfile/containerfile-error.js'
import { decodeContainerfile } from '../../src/containerfile/containerfile.js'
import { planOf, resolveTarget } from './golden-case.js'

function errorOf(text: string, target?: string): ContainerfileError {
  try {
    resolveTarget(planOf(text, target === undefined ? {} : { target }))
  } catch (error) {
    if (error instanceof ContainerfileError) return error
    throw error
  }
  throw new Error('nothing was wrong with it')
}

/** What is wrong, the text, the code without its area, `line:column`. */
type Case = readonly [string, string, string, string]

const FILES: readonly Case[] = [
  ['an empty file', '', 'no-instructions', '1:1'],
  ['comments only', '# a\n\n#b\n', 'no-instructions', '3:1'],
  ['ARG only', 'ARG A=1\n', 'no-stage', '1:1'],
  ['an instruction before FROM', 'RUN x\nFROM scratch\n', 'instruction-before-from', '1:1'],
  ['a NUL character', 'FROM scratch\nRUN a\0b\n', 'nul-character', '2:6'],
  ['an escape of two characters', '# escape=\\\\\nFROM scratch\n', 'bad-directive', '1:1'],
  ['a directive twice', '# escape=`\n# ESCAPE=`\nFROM scratch\n', 'bad-directive', '2:1'],
  ['a check option that is none', '# check=skpi=all\nFROM scratch\n', 'bad-directive', '1:1'],
  ['a foreign syntax', '# syntax=example/frontend\nFROM scratch\n', 'unsupported-syntax', '1:1'],
  [
    'a syntax of another major version',
    '#syntax=docker/dockerfile:2\n',
    'unsupported-syntax',
    '1:1'
  ]
]

const INSTRUCTIONS: readonly Case[] = [
  ['an unknown instruction', 'FROM scratch\n  COYP a b\n', 'unknown-instruction', '2:3'],
  ['a lone backslash at the end', 'FROM scratch\n\\', 'unknown-instruction', '2:1'],
  ['FROM alone', 'FROM\n', 'missing-argument', '1:5'],
  ['FROM with two words', 'FROM a b\n', 'bad-argument', '1:8'],
  ['FROM with too many words', 'FROM a AS b c\n', 'bad-argument', '1:13'],
  ['a stage name with a digit first', 'FROM scratch AS 1a\n', 'bad-stage-name', '1:17'],
  ['a stage name no context could have', 'FROM scratch AS a-\n', 'bad-stage-name', '1:17'],
  ['an unknown flag', 'FROM scratch\nCOPY --chwon=1 a b\n', 'unknown-flag', '2:6'],
  ['a flag on the next line', 'FROM scratch\nCOPY \\\n  --x a b\n', 'unknown-flag', '3:3'],
  ['a flag where none is taken', 'FROM scratch\nENV --a b=c\n', 'unknown-flag', '2:5'],
  ['a flag without its value', 'FROM scratch\nCOPY --chown a b\n', 'bad-flag', '2:6'],
  ['a flag twice', 'FROM scratch\nCOPY --link --link a b\n', 'bad-flag', '2:13'],
  ['a switch that is neither', 'FROM scratch\nCOPY --link=yes a b\n', 'bad-flag', '2:6'],
  ['a flag that is not ASCII', 'FROM scratch\nCOPY --chown=ü a b\n', 'bad-flag', '2:6'],
  ['COPY of nothing', 'FROM scratch\nCOPY a\n', 'missing-argument', '2:7'],
  ['a destination that is a here-document', 'FROM scratch\nCOPY a <<E\nE\n', 'bad-heredoc', '2:8'],
  ['a here-document in JSON', 'FROM scratch\nCOPY ["<<E", "/x"]\n', 'bad-heredoc', '2:6'],
  ['a here-document that leads out', 'FROM scratch\nCOPY <<../e /x/\n../e\n', 'bad-heredoc', '2:1'],
  ['a script that leads out', 'FROM scratch\nRUN <<a/b\n#!x\na/b\n', 'bad-heredoc', '2:1'],
  ['a here-document without end', 'FROM scratch\nRUN cat <<E\nx\n', 'unterminated-heredoc', '2:9'],
  ['a variable in --from', 'FROM scratch\nCOPY --from=$A a b\n', 'bad-flag', '2:6'],
  ['JSON of numbers', 'FROM scratch\nCMD [1]\n', 'bad-json', '2:5'],
  ['JSON of lists', 'FROM scratch\nRUN [["a"]]\n', 'bad-json', '2:5'],
  ['SHELL in shell form', 'FROM scratch\nSHELL /bin/sh\n', 'bad-json', '2:7'],
  ['SHELL of nothing', 'FROM scratch\nSHELL []\n', 'missing-argument', '2:9'],
  ['ENV of a name', 'FROM scratch\nENV A\n', 'missing-argument', '2:6'],
  ['ENV of nothing', 'FROM scratch\nENV\n', 'missing-argument', '2:4'],
  ['ENV without =', 'FROM scratch\nENV A=1 B\n', 'bad-argument', '2:9'],
  ['ENV without name', 'FROM scratch\nENV =1\n', 'bad-argument', '2:5'],
  ['LABEL without name', 'FROM scratch\nLABEL a=b =1\n', 'bad-argument', '2:11'],
  ['ARG without name', 'FROM scratch\nARG =1\n', 'bad-argument', '2:5'],
  ['ARG of nothing', 'FROM scratch\nARG\n', 'missing-argument', '2:4'],
  ['USER of nobody', 'FROM scratch\nUSER\n', 'missing-argument', '2:5'],
  ['VOLUME of nothing', 'FROM scratch\nVOLUME\n', 'missing-argument', '2:7'],
  ['VOLUME of an empty string', 'FROM scratch\nVOLUME [""]\n', 'bad-argument', '2:8'],
  ['VOLUME that expands to nothing', 'FROM scratch\nVOLUME /a $X\n', 'bad-argument', '2:11'],
  ['a port that is none', 'FROM scratch\nEXPOSE 80 http\n', 'bad-argument', '2:11'],
  ['a port too high', 'FROM scratch\nEXPOSE 65536\n', 'bad-argument', '2:8'],
  ['ports downwards', 'FROM scratch\nEXPOSE 90-80\n', 'bad-argument', '2:8'],
  ['a protocol that is none', 'FROM scratch\nEXPOSE 80/http\n', 'bad-argument', '2:8'],
  ['an address that is none', 'FROM scratch\nEXPOSE 1.2.3:80:80\n', 'bad-argument', '2:8'],
  ['ranges of two lengths', 'FROM scratch\nEXPOSE 1-3:8-9\n', 'bad-argument', '2:8'],
  ['a signal that is none', 'FROM scratch\nSTOPSIGNAL SIGFOO\n', 'bad-argument', '2:12'],
  ['the signal 0', 'FROM scratch\nSTOPSIGNAL 0\n', 'bad-argument', '2:12'],
  ['a health check of no type', 'FROM scratch\nHEALTHCHECK RUN x\n', 'bad-argument', '2:13'],
  ['a health check of nothing', 'FROM scratch\nHEALTHCHECK CMD\n', 'missing-argument', '2:16'],
  ['NONE with arguments', 'FROM scratch\nHEALTHCHECK NONE x\n', 'too-many-arguments', '2:18'],
  ['too short an interval', 'FROM scratch\nHEALTHCHECK --interval=1us CMD x\n', 'bad-flag', '2:13'],
  ['retries below zero', 'FROM scratch\nHEALTHCHECK --retries=-1 CMD x\n', 'bad-flag', '2:13'],
  ['ONBUILD of nothing', 'FROM scratch\nONBUILD\n', 'missing-argument', '2:8'],
  ['ONBUILD ONBUILD', 'FROM scratch\nONBUILD ONBUILD RUN x\n', 'bad-trigger', '2:9'],
  ['ONBUILD FROM', 'FROM scratch\nONBUILD from x\n', 'bad-trigger', '2:9'],
  ['a trigger that is wrong', 'FROM scratch\nONBUILD EVN a=b\n', 'unknown-instruction', '2:9'],
  ['a mode that is none', 'FROM scratch\nCOPY --chmod=888 a b\n', 'bad-flag', '2:6'],
  ['a mode too large', 'FROM scratch\nCOPY --chmod=17777 a b\n', 'bad-flag', '2:6'],
  ['an open bracket', 'FROM scratch\nCOPY a[b c\n', 'bad-pattern', '2:6'],
  ['an exclusion that is none', 'FROM scratch\nCOPY --exclude=! . /\n', 'bad-pattern', '2:6']
]

const EXPANSION: readonly Case[] = [
  ['a substitution without end', 'FROM scratch\nLABEL a=${X\n', 'bad-substitution', '2:7'],
  ['a substitution of nothing', 'FROM scratch\nLABEL a=${}\n', 'bad-substitution', '2:7'],
  ['an operator that is none', 'FROM scratch\nENV a=${X^}\n', 'bad-substitution', '2:5'],
  ['an operator after a colon', 'FROM scratch\nENV a=${X:=1}\n', 'bad-substitution', '2:5'],
  ['a replacement without /', 'FROM scratch\nUSER ${X/a}\n', 'bad-substitution', '2:6'],
  ['an escape in a pattern', 'FROM scratch\nUSER ${X#\\a}\n', 'bad-substitution', '2:6'],
  ['a variable that must be set', 'FROM scratch\nWORKDIR ${X?}\n', 'variable-required', '2:9'],
  ['a variable that is empty', 'FROM scratch\nENV X=\nUSER ${X:?no}\n', 'variable-required', '3:6'],
  ['an open double quote', 'FROM scratch\nLABEL a="b\n', 'unterminated-quote', '2:7'],
  ['an open single quote', "FROM scratch\nCOPY a 'b\n", 'unterminated-quote', '2:8'],
  ['a global ARG that is wrong', 'ARG A=${\nFROM scratch\n', 'bad-substitution', '1:5'],
  ['a here-document that is wrong', 'FROM scratch\nCOPY <<E /x\n${\nE\n', 'bad-substitution', '2:1']
]

const STAGES: readonly Case[] = [
  ['a base that is blank', 'FROM $A\n', 'blank-base', '1:6'],
  ['a base in upper case', 'FROM scratch AS a\nFROM A\n', 'bad-reference', '2:6'],
  ['a reference that is none', 'FROM scratch\nCOPY --from=a//b x y\n', 'bad-reference', '2:6'],
  ['a platform that is none', 'FROM --platform=a/b/c/d scratch\n', 'bad-platform', '1:6'],
  ['a platform that is blank', 'FROM --platform=$A scratch\n', 'bad-platform', '1:6'],
  ['a stage number too high', 'FROM scratch\nCOPY --from=1 x y\n', 'unknown-stage', '2:6'],
  ['a stage that reads itself', 'FROM scratch AS a\nCOPY --from=a x y\n', 'stage-cycle', '2:6'],
  [
    'stages that read each other',
    'FROM scratch AS a\nCOPY --from=b x y\nFROM scratch AS b\nRUN --mount=from=a,target=/m x\n',
    'stage-cycle',
    '2:6'
  ],
  [
    'a stage that reads a later one',
    'FROM scratch AS a\nLABEL a=b\nCOPY --from=b x y\nFROM scratch AS b\nFROM a\n',
    'stage-order',
    '3:6'
  ]
]

const MOUNTS: readonly Case[] = [
  ['a mount of nothing', 'FROM scratch\nRUN --mount= x\n', 'bad-mount', '2:5'],
  ['a mount of no type', 'FROM scratch\nRUN --mount=type=bnid,target=/x x\n', 'bad-mount', '2:5'],
  ['a mount over the root', 'FROM scratch\nRUN --mount=target=/ x\n', 'bad-mount', '2:5'],
  ['a mount without target', 'FROM scratch\nRUN --mount=type=cache x\n', 'bad-mount', '2:5'],
  ['a variable in from', 'FROM scratch\nRUN --mount=from=$A,target=/x x\n', 'bad-mount', '2:5'],
  [
    'an option of another type',
    'FROM scratch\nRUN --mount=target=/x,mode=1 x\n',
    'bad-mount',
    '2:5'
  ],
  ['an unknown option', 'FROM scratch\nRUN --mount=tagret=/x x\n', 'bad-mount', '2:5'],
  ['an option without value', 'FROM scratch\nRUN --mount=target x\n', 'bad-mount', '2:5'],
  [
    'a sharing that is none',
    'FROM scratch\nRUN --mount=type=cache,target=/c,sharing=x x\n',
    'bad-mount',
    '2:5'
  ],
  [
    'a size that is none',
    'FROM scratch\nRUN --mount=type=tmpfs,target=/c,size=x x\n',
    'bad-mount',
    '2:5'
  ],
  ['a secret without name', 'FROM scratch\nRUN --mount=type=secret x\n', 'bad-mount', '2:5'],
  ['an open quote', "FROM scratch\nRUN --mount='\"a' x\n", 'bad-mount', '2:5']
]

const HERMETIC: readonly Case[] = [
  ['an ssh agent', 'FROM scratch\nRUN --mount=type=ssh x\n', 'not-hermetic', '2:5'],
  ['no sandbox', 'FROM scratch\nRUN --security=insecure x\n', 'not-hermetic', '2:5'],
  ['a device', 'FROM scratch\nRUN --device=gpu x\n', 'not-hermetic', '2:5'],
  ['a download', 'FROM scratch\nADD https://h.example/x /\n', 'not-hermetic', '2:5'],
  ['a repository', 'FROM scratch\nADD https://h.example/x.git#main /\n', 'not-hermetic', '2:5'],
  ['a repository over ssh', 'FROM scratch\nADD git@h.example:x /\n', 'not-hermetic', '2:5'],
  ['a download by COPY', 'FROM scratch\nCOPY http://h.example/x /\n', 'bad-argument', '2:6'],
  ['a repository by COPY', 'FROM scratch\nCOPY git@h.example:x /\n', 'bad-argument', '2:6'],
  ['a checksum for a file', 'FROM scratch\nADD --checksum=sha256:0 a /\n', 'bad-flag', '2:5'],
  [
    'a checksum that is none',
    'FROM scratch\nADD --checksum=sha256:0 http://h/x /\n',
    'bad-flag',
    '2:25'
  ],
  ['a network that is none', 'FROM scratch\nRUN --network=bridge x\n', 'bad-flag', '2:5']
]

describe.each([
  ['the file', FILES],
  ['an instruction', INSTRUCTIONS],
  ['expansion', EXPANSION],
  ['stages', STAGES],
  ['mounts', MOUNTS],
  ['what is not hermetic', HERMETIC]
])('errors of %s have a code and a place', (_area, cases) => {
  test.each(cases)('%s', (_name, text, code, place) => {
    const error = errorOf(text)
    expect([error.code, error.where]).toEqual([`containerfile/${code}`, `Containerfile:${place}`])
    expect(error.kind).toBe('usage')
  })
})

describe('errors help', () => {
  test.each([
    ['FROM scratch\nCOYP a b\n', 'did you mean COPY?'],
    ['FROM scratch\nCOPY --chwon=1 a b\n', 'did you mean --chown?'],
    ['FROM scratch\nRUN --network=nune x\n', 'did you mean none?'],
    ['FROM scratch\nRUN --mount=type=cahce,target=/x x\n', 'did you mean cache?'],
    ['FROM scratch AS build\nFROM Build\n', 'did you mean the stage build?']
  ])('%j', (text, hint) => {
    expect(errorOf(text).hint).toBe(hint)
  })

  test('a target that is no stage is told with the one that is near', () => {
    const error = errorOf('FROM scratch AS package\n', 'pakcage')
    expect(error.code).toBe('containerfile/unknown-stage')
    expect(error.hint).toBe('did you mean package?')
  })

  test('a cycle is shown as a path', () => {
    const text = 'FROM scratch AS a\nCOPY --from=b x y\nFROM scratch AS b\nCOPY --from=a x y\n'
    expect(errorOf(text).found).toBe('a → b → a')
  })

  test('quoted text is cut and cannot write to the terminal', () => {
    const error = errorOf(`FROM scratch\nX\u001b[31m${'y'.repeat(10_000)} z\n`)
    expect(error.found).not.toContain('\u001b')
    expect(error.found?.length).toBeLessThan(400)
  })
})

describe('several problems', () => {
  test('are told at once, in file order', () => {
    const error = errorOf('RUN early\nFROM scratch\nBAD\nCOPY a\nENV A\n')
    const all = [error, ...error.further]
    expect(all.map((each) => [each.position.line, each.code.split('/')[1]])).toEqual([
      [1, 'instruction-before-from'],
      [3, 'unknown-instruction'],
      [4, 'missing-argument'],
      [5, 'missing-argument']
    ])
  })

  test('do not include the lines of a here-document behind a bad instruction', () => {
    const error = errorOf('FROM scratch\nCOPY --bad <<E /x\nnot an instruction\nE\nLABEL a=b\n')
    expect(error.code).toBe('containerfile/unknown-flag')
    expect(error.further).toEqual([])
  })

  test('end after twenty', () => {
    expect(errorOf('BAD\n'.repeat(1000)).further).toHaveLength(19)
  })
})

describe('bytes that are not UTF-8', () => {
  test('are an error at their place', () => {
    const bytes = Buffer.concat([Buffer.from('FROM scratch\nLABEL a=\ufffdü'), Buffer.from([0xff])])
    expect(() => decodeContainerfile(bytes, 'Containerfile')).toThrow(
      expect.objectContaining({
        code: 'containerfile/not-utf8',
        where: 'Containerfile:2:11'
      }) as Error
    )
  })

  test('are not found where U+FFFD itself was written', () => {
    const text = 'FROM scratch\nLABEL a=\ufffd\n'
    expect(decodeContainerfile(Buffer.from(text), 'Containerfile')).toBe(text)
  })
})
