import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withChain } from './chain.js'
import { runsI386 } from './steps.js'

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What kaem does with a script. `echo` stands for a program that shows its arguments in brackets. */
async function kaem(script: string, options: readonly string[] = []): Promise<Ran> {
  let ran: Ran | undefined
  await withChain((folder) => {
    writeFileSync(join(folder, 'show'), '#!/bin/sh\nprintf "[%s]" "$@"\n', { mode: 0o755 })
    writeFileSync(join(folder, 'kaem.run'), script)
    const done = spawnSync(join(folder, 'bin/kaem'), options, { cwd: folder, encoding: 'latin1' })
    ran = { status: done.status, stdout: done.stdout, stderr: done.stderr }
  })
  if (ran === undefined) throw new Error('kaem was not run')
  return ran
}

const good = (stdout: string): Ran => ({ status: 0, stdout, stderr: '' })
const bad = (stderr: string, stdout = ''): Ran => ({ status: 1, stdout, stderr: `kaem: ${stderr}` })

describe.skipIf(!runsI386())('kaem', () => {
  it.each([
    ['words with any white space between them', './show  a\tb \r\n', '[a][b]'],
    ['one command after the other', './show a\n\n ./show b', '[a][b]'],
    ['comments, but not inside of words', '# x\n./show a#b # c\n', '[a#b]'],
    ['blanks and hashes between quotes', './show "a  #b" c"d e"f ""\n', '[a  #b][cd ef][]'],
    ['escaped characters', './show a\\ b \\# "\\"" \\\\\n', '[a b][#]["][\\]'],
    ['lines joined by a backslash', './show a \\\n  b"c\\\nd"\n', '[a][bcd]'],
    ['an empty script', '', ''],
    ['nothing but a comment', '# nothing', '']
  ])('runs %s', async (_, script, stdout) => {
    expect(await kaem(script)).toEqual(good(stdout))
  })

  it('shows commands with --verbose, and takes --strict', async () => {
    const shown = await kaem('./show a "b c"\n', ['--verbose', '--strict'])
    expect(shown).toEqual(good(' +> ./show a b c\n[a][b c]'))
  })

  it.each(['-f', '--file'])('runs the file named after %s', async (option) => {
    expect(await kaem('bin/kaem ' + option + ' absent\n')).toMatchObject({ status: 1 })
    expect(await kaem('./show a\n', [option, 'kaem.run'])).toEqual(good('[a]'))
  })

  it('stops at the first command that fails, and names its line', async () => {
    const script = './show a\n./show \\\n b\n/bin/false x\n./show c\n'
    expect(await kaem(script)).toEqual(bad('line 4: failed: /bin/false\n', '[a][b]'))
  })

  it('counts a command that a signal ended as failed', async () => {
    const ran = await kaem('/bin/sh -c "kill -9 $$"\n')
    expect(ran).toEqual(bad('line 1: failed: /bin/sh\n'))
  })

  it('says which program cannot be started', async () => {
    const ran = await kaem('\n./absent a\n')
    expect(ran.stderr).toBe('kaem: line 2: cannot start ./absent\nkaem: line 2: failed: ./absent\n')
  })

  it.each(['./show "a\n', './show a"', './show a\\'])('refuses %j', async (script) => {
    const message = 'line 2: quotes not closed, or nothing behind a backslash\n'
    expect(await kaem('\n' + script)).toEqual(bad(message))
  })

  it.each([['-x'], ['-f'], ['script']])('refuses the option %s', async (option) => {
    const message = 'usage: kaem [-v | --verbose] [--strict] [-f FILE | --file FILE]\n'
    expect(await kaem('', [option])).toEqual(bad(message))
  })

  it('says that a script cannot be read', async () => {
    const message = 'cannot read the script, or it has 32 MiB or more\n'
    expect(await kaem('', ['-f', 'absent'])).toEqual(bad(message))
  })
})
