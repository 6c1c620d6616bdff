import { describe, expect, it } from 'vitest'
import { StagexError } from '../../src/base/error.js'
import { type RegisteredCommand, type Status, declareCommand } from '../../src/cli/command.js'
import type { World } from '../../src/cli/context.js'
import { choice, flag, repeated, text, wholeNumber } from '../../src/cli/option.js'
import { runCommandLine } from '../../src/cli/program.js'
import { printReport } from '../../src/cli/report.js'
import { sampleWorld } from './sample-world.js'

class SampleError extends StagexError<'sample/failed'> {}

const report = declareCommand({
  name: 'report',
  group: 'Look',
  summary: 'Report what it was called with',
  arguments: '[name...]',
  options: {
    jobs: wholeNumber('-j, --jobs <n>', 'at a time'),
    noCache: flag('--no-cache', 'build all'),
    quick: flag('--quick', 'be quick'),
    progress: choice('--progress <kind>', 'how', ['plain', 'json']),
    platform: text('--platform <name>', 'which'),
    filter: repeated('--filter <text>', 'some')
  },
  run: (context, names, options) => {
    printReport(context, { names, ...options }, (value) => `${value.names.join('+')}\n`)
    return Promise.resolve<Status>(0)
  }
})

function failing(error: unknown): RegisteredCommand {
  return declareCommand({
    name: 'fail',
    group: 'Build',
    summary: 'Fail',
    options: {},
    run: () => Promise.reject(error as Error)
  })
}

async function stagex(
  words: readonly string[],
  given: Parameters<typeof sampleWorld>[0] = {},
  command = report
): Promise<{ status: number; out: string; err: string }> {
  const world = sampleWorld(given)
  const status = await runCommandLine(words, [command], world, '1.2.3')
  return { status, out: world.out.join(''), err: world.err.join('') }
}

describe('a command', () => {
  it('gets its arguments and options as checked values', async () => {
    const line = 'report --json a --jobs 4 --no-cache b --progress plain --filter x --filter y'
    const { status, out } = await stagex(line.split(' '))
    expect(status).toBe(0)
    expect(JSON.parse(out)).toEqual({
      names: ['a', 'b'],
      jobs: 4,
      noCache: true,
      quick: false,
      progress: 'plain',
      filter: ['x', 'y']
    })
  })

  it('has values for options that were not given', async () => {
    const { out } = await stagex(['report', '--json'])
    expect(JSON.parse(out)).toEqual({ names: [], noCache: false, quick: false, filter: [] })
  })

  it('prints text where no JSON is asked for, and takes everything after -- as a name', async () => {
    expect((await stagex(['report', 'a', '--', '--json'])).out).toBe('a+--json\n')
  })

  it.each([0, 1, 3] as const)('ends with the status %i that it returns', async (status) => {
    const command = declareCommand({
      name: 'end',
      group: 'Build',
      summary: 'End',
      options: {},
      run: () => Promise.resolve(status)
    })
    expect((await stagex(['end'], {}, command)).status).toBe(status)
  })
})

describe('help', () => {
  it('is printed to standard output when nothing was asked', async () => {
    const { status, out, err } = await stagex([])
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toContain('Look:\n  report')
  })

  it.each([['--help'], ['-h'], ['help']])('answers %s', async (word) => {
    const { status, out } = await stagex([word])
    expect(status).toBe(0)
    expect(out).toContain('Usage: stagex')
  })

  it('of a command shows its options and the ones every command has', async () => {
    const { status, out } = await stagex(['report', '--help'])
    expect(status).toBe(0)
    expect(out).toContain('--no-cache')
    expect(out).toContain('--home <folder>')
  })

  it('has no colours in a pipe', async () => {
    expect((await stagex(['--help'])).out).not.toContain('\u001b')
    expect((await stagex(['--help'], { terminal: true })).out).toContain('\u001b[1mUsage:')
  })

  it('prints the version', async () => {
    expect(await stagex(['--version'])).toEqual({ status: 0, out: 'stagex 1.2.3\n', err: '' })
  })
})

describe('a command line that makes no sense', () => {
  it.each([
    [['repotr'], 'cli/unknown-command', 'Did you mean report?'],
    [['zzz'], 'cli/unknown-command', 'stagex --help explains what there is'],
    [['report', '--job', '1'], 'cli/unknown-option', 'Did you mean --jobs?'],
    [['report', '--jobs'], 'cli/bad-usage', 'stagex report --help explains what there is'],
    [['report', '--jobs', '0'], 'cli/bad-usage', 'stagex report --help explains what there is'],
    [['report', '--jobs', '1e3'], 'cli/bad-usage', 'stagex report --help explains what there is'],
    [['report', '--jobs', '-1'], 'cli/bad-usage', 'stagex report --help explains what there is'],
    [
      ['report', '--progress', 'loud'],
      'cli/bad-usage',
      'stagex report --help explains what there is'
    ],
    [['help', 'repotr'], 'cli/unknown-command', 'Did you mean report?'],
    [['help', 'zzz'], 'cli/unknown-command', 'stagex --help explains what there is'],
    [
      ['--root', '/a/tree', 'report', '--jobs', '0'],
      'cli/bad-usage',
      'stagex report --help explains what there is'
    ],
    [['report', '--home'], 'cli/bad-usage', 'stagex report --help explains what there is'],
    [
      ['--home', 'x', '-C', 'y', 'report', '--jobs'],
      'cli/bad-usage',
      'stagex report --help explains what there is'
    ],
    [['--json'], 'cli/bad-usage', 'stagex --help explains what there is']
  ])('%j is %s', async (words, code, hint) => {
    const { status, out } = await stagex([
      ...words,
      ...(words.includes('--json') ? [] : ['--json'])
    ])
    expect(status).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ error: { code, hint } })
  })

  it('says what is missing where there are options alone', async () => {
    const { err } = await stagex(['--no-color'])
    expect(err).toContain('no command was given')
  })

  it('refuses arguments that a command does not take', async () => {
    const { status, err } = await stagex(
      ['fail', 'too', 'many'],
      {},
      failing(new Error('not reached'))
    )
    expect(status).toBe(2)
    expect(err).toContain('too many arguments')
    expect(err).toContain('[cli/bad-usage]')
  })
})

describe('an error', () => {
  const full = new SampleError('sample/failed', 'it did\nnot work', {
    where: 'a/file:1:2',
    expected: 'one thing',
    found: 'another\nand more',
    hint: 'do this'
  })

  it('is printed with all it knows, on standard error', async () => {
    const { status, out, err } = await stagex(['fail'], {}, failing(full))
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(err).toBe(
      [
        'error: it did',
        '  not work',
        '  at        a/file:1:2',
        '  expected  one thing',
        '  found     another',
        '            and more',
        '  hint      do this',
        '  [sample/failed]',
        ''
      ].join('\n')
    )
  })

  it('is an object on standard output with --json', async () => {
    const { out, err } = await stagex(['fail', '--json'], {}, failing(full))
    expect(err).toBe('')
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'sample/failed',
        message: 'it did\nnot work',
        where: 'a/file:1:2',
        expected: 'one thing',
        found: 'another\nand more',
        hint: 'do this'
      }
    })
  })

  it.each([
    ['failure', 1],
    ['usage', 2],
    ['trust', 3]
  ] as const)('of the kind %s ends with status %i', async (kind, status) => {
    const error = new SampleError('sample/failed', 'no', { kind })
    expect((await stagex(['fail'], {}, failing(error))).status).toBe(status)
  })

  it('of the operating system is shown as such', async () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
      path: '/store/blob'
    })
    const { status, err } = await stagex(['fail'], {}, failing(error))
    expect(status).toBe(1)
    expect(err).toContain('at        /store/blob')
    expect(err).toContain('[system/ENOSPC]')
    expect(err).not.toContain('report')
  })

  it('that nobody foresaw asks to be reported, without a stack trace', async () => {
    const { status, err } = await stagex(
      ['fail'],
      {},
      failing(new TypeError('x is not a function'))
    )
    expect(status).toBe(1)
    expect(err).toContain('Please report it')
    expect(err).toContain('[internal/bug]')
    expect(err).not.toMatch(/^\s+at .*program\.test/m)
  })

  it('shows its trace and causes with STAGEX_DEBUG=1', async () => {
    const error = new SampleError('sample/failed', 'outer', { cause: new Error('inner') })
    const env = { HOME: '/home/alice', STAGEX_DEBUG: '1' }
    const { err } = await stagex(['fail'], { env }, failing(error))
    expect(err).toContain('SampleError: outer')
    expect(err).toContain('Error: inner')
    expect(err).toMatch(/^\s+at .*program\.test/m)
  })

  it('cannot send escape sequences to the terminal', async () => {
    const error = new Error('\u001b]0;owned\u0007')
    const { err } = await stagex(['fail'], {}, failing(error))
    expect(err).not.toContain('\u001b')
  })
})

describe('colours', () => {
  const cases: readonly [
    string,
    Partial<World> & { terminal?: boolean },
    readonly string[],
    boolean
  ][] = [
    ['a terminal', { terminal: true }, [], true],
    ['a pipe', { terminal: false }, [], false],
    ['--no-color', { terminal: true }, ['--no-color'], false],
    ['NO_COLOR', { terminal: true, env: { NO_COLOR: '1' } }, [], false],
    ['an empty NO_COLOR', { terminal: true, env: { NO_COLOR: '' } }, [], true],
    ['a dumb terminal', { terminal: true, env: { TERM: 'dumb' } }, [], false]
  ]
  it.each(cases)('with %s', async (_, given, words, colored) => {
    const { err } = await stagex(
      ['fail', ...words],
      given,
      failing(new SampleError('sample/failed', 'no'))
    )
    expect(err.includes('\u001b[31m')).toBe(colored)
  })
})
