import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll } from 'vitest'
import { run, type Outcome } from '../../tools/workplace.js'

const packages = resolve(import.meta.dirname, '../../../packages/bootstrap')
const folder = mkdtempSync(join(tmpdir(), 'lex-'))
let lex: string | undefined
let count = 0

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Whether programs of this name are there. */
export function has(...programs: readonly string[]): boolean {
  return programs.every((program) => spawnSync(program, ['--version']).error === undefined)
}

/** What lex says of rules; in messages the file is `rules.l`. Memory errors end it with a signal or the status 99. */
export function translate(rules: string | Buffer, output = 'unused.c'): Outcome {
  lex ??= buildLex()
  writeFileSync(join(folder, 'rules.l'), rules)
  const env = { ASAN_OPTIONS: 'exitcode=99:detect_leaks=0', UBSAN_OPTIONS: 'halt_on_error=1' }
  return run(lex, ['rules.l', output], { cwd: folder, env })
}

/** The scanner that lex makes of rules, as a program. */
export function scannerByLex(rules: string): string {
  const name = `scanner-${count++}`
  const made = translate(rules, `${name}.c`)
  if (made.status !== 0) throw new Error(made.stderr)
  return compiled(name)
}

/** The scanner that the machine's flex makes of rules, as a program. */
export function scannerByFlex(rules: string): string {
  const name = `scanner-${count++}`
  writeFileSync(join(folder, 'rules.l'), rules)
  succeed('flex', ['-o', `${name}.c`, 'rules.l'])
  return compiled(name)
}

function compiled(name: string): string {
  succeed('gcc', ['-w', '-I', packages, '-o', name, `${name}.c`])
  return join(folder, name)
}

function buildLex(): string {
  const sources = readdirSync(join(packages, 'lex')).filter((name) => name.endsWith('.c'))
  const paths = sources.map((name) => join(packages, 'lex', name))
  const checks = ['-std=gnu99', '-Wall', '-Wextra', '-Werror', '-g', '-fsanitize=address,undefined']
  succeed('gcc', [...checks, '-o', 'lex', ...paths])
  return join(folder, 'lex')
}

function succeed(program: string, args: readonly string[]): void {
  const done = run(program, args, { cwd: folder })
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`)
}
