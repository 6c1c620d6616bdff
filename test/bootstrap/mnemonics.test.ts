import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stage0Folder } from './steps.js'

/** GNU's, where it is installed. */
const assembler = 'as'

/** Numbers that stand for those a program gives, so that the assembler writes them in full. */
const wide = '0x11223344'
const narrow = '0x11'

/** x86_defs.M1 as pairs of a name and its bytes. */
function readDefinitions(): [string, string][] {
  const text = readFileSync(join(stage0Folder, 'x86_defs.M1'), 'latin1')
  return [...text.matchAll(/^DEFINE (\S+) +([0-9A-F]+)$/gm)].map((match) => [
    match[1] ?? '',
    match[2] ?? ''
  ])
}

/** What GNU as calls the instruction that a name stands for, numbers filled in. */
function intelSyntax(name: string): string {
  if (name === 'int_80') return 'int 0x80'
  if (name === 'call' || name.startsWith('j')) return `${name} .+${wide}`
  if (name === 'push') return `push ${wide}`
  const [, instruction = '', rest = ''] = /^([a-z0-9]+)_?(.*)$/.exec(name) ?? []
  const operands = rest
    .replace(/(byte|word)_/, '$1 ptr ')
    .replace('[n]', `ds:[${wide}]`)
    .replace('+n]', `+${wide}]`)
  return `${instruction} ${withNumber(instruction, operands)}`
}

function withNumber(instruction: string, operands: string): string {
  const memoryAlone = /^(ds:)?\[[^\]]*\],?$/.test(operands)
  const sized = memoryAlone ? `dword ptr ${operands}` : operands
  if (!operands.endsWith(',')) return sized
  const short = /^([abcd][lh]|byte.*),$/.test(operands) || /^(shl|shr|sar|rol)$/.test(instruction)
  return sized + (short ? narrow : wide)
}

/** How many digits of an instruction's bytes are numbers that were filled in. */
function numberDigits(name: string): number {
  if (name === 'int_80') return 0
  const numbers = intelSyntax(name).match(/0x11(223344)?/g) ?? []
  return numbers.join('').length - 2 * numbers.length
}

/** The bytes of each instruction, by GNU as, without the numbers filled in. */
function assemble(names: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mnemonics-'))
  try {
    const lines = names.map((name) => intelSyntax(name))
    writeFileSync(join(folder, 'all.s'), `.intel_syntax noprefix\n${lines.join('\n')}\n`)
    const args = ['--32', '-aln=list', '--listing-lhs-width=4', '-o', '/dev/null', 'all.s']
    const done = spawnSync(assembler, args, { cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(done.stderr)
    return readListing(readFileSync(join(folder, 'list'), 'latin1')).slice(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The bytes of each line of a listing: `  12 0034 B8443322 11   mov eax, …`. */
function readListing(listing: string): string[] {
  const lines = listing.split('\n').filter((line) => /^ +[0-9]+/.test(line))
  return lines.map((line) => {
    const bytes = /^ +[0-9]+ [0-9a-f?]{4} ((?:[0-9A-F]+ )*)/.exec(line)?.[1] ?? ''
    return bytes.replaceAll(' ', '')
  })
}

const found = spawnSync(assembler, ['--version']).status === 0

describe.skipIf(!found)('the definitions of the instructions, against GNU as', () => {
  it('have the bytes that the instructions have, up to the numbers', () => {
    const definitions = readDefinitions()
    const assembled = assemble(definitions.map(([name]) => name))
    const cut = definitions.map(([name], index) => [
      name,
      (assembled[index] ?? '').slice(0, -numberDigits(name) || undefined)
    ])
    expect(definitions.length).toBeGreaterThan(50)
    expect(cut).toEqual(definitions)
  })
})
