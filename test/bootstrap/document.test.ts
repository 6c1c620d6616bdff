import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readAnswers } from './answers.js'
import { withChain } from './chain.js'
import {
  allLinesOf,
  laterTools,
  linesOf,
  scriptsUpToTinycc,
  sourcesUpToTinycc
} from './source-lines.js'
import { runsI386, stage0Folder, stage0Steps } from './steps.js'

const page = readFileSync(
  fileURLToPath(new URL('../../docs/bootstrap.md', import.meta.url)),
  'utf8'
)

/** The places that a row of a table names, each with its bytes: `4F, 5A` and `B0 05, 08` are two. */
function readRow(row: RegExpMatchArray): [number, number[]][] {
  const places = (row[1] ?? '').split(', ').map((place) => parseInt(place, 16))
  const [first = '', ...others] = (row[2] ?? '').split(', ')
  const bytes = first.split(' ').map((byte) => parseInt(byte, 16))
  return places.map((place, index) => {
    const other = others[index - 1]
    return [place, other === undefined ? bytes : [...bytes.slice(0, -1), parseInt(other, 16)]]
  })
}

describe('docs/bootstrap.md', () => {
  it('shows the bytes of the seed', () => {
    const rows = [...page.matchAll(/^ {4}((?:[0-9A-F]{2} )+) +[0-9A-F]0$/gm)]
    const dump = rows.map((row) => row[1] ?? '').join('')
    const seed = readFileSync(join(stage0Folder, 'hex0-seed'))
    expect(Buffer.from(dump.replaceAll(' ', ''), 'hex')).toEqual(seed)
  })

  it('decodes each byte of the code, and each once', () => {
    const tables = page.slice(
      page.indexOf('### The instructions'),
      page.indexOf('### What they do')
    )
    const code = new Map(
      [...tables.matchAll(/^\| ([0-9A-F]{2}[^|]*) \| ([0-9A-F ,]+) \|/gm)].flatMap(readRow)
    )
    const seed = readFileSync(join(stage0Folder, 'hex0-seed'))
    const places = [...code.keys()].sort((a, b) => a - b)
    expect(Buffer.from(places.flatMap((at) => code.get(at) ?? []))).toEqual(seed.subarray(0x4c))
    for (const [index, at] of places.entries()) {
      expect(at + (code.get(at)?.length ?? 0)).toBe(places[index + 1] ?? seed.length)
    }
  })

  it('lists the steps of the build', () => {
    const runs = stage0Steps().flatMap((step) =>
      step.kind === 'run' ? [`    ${step.command.join(' ')}\n`] : []
    )
    expect(page).toContain(runs.join(''))
  })

  it.skipIf(!runsI386())('says how large each program is, and how its digest begins', async () => {
    await withChain((folder) => {
      const programs = [...readAnswers()].filter(([name]) => isProgram(join(folder, name)))
      const facts = programs.map(([name, digest]) => {
        const size = readFileSync(join(folder, name)).length
        return [name.replace('bin/', ''), String(size), digest.slice(0, 8)]
      })
      expect(programRows().map(([name, , size, digest]) => [name, size, digest])).toEqual(facts)
    })
  })

  it('says how the digests of TinyCC and musl begin', () => {
    const lists = ['tcc/first.answers', 'tcc/fixpoint.answers', 'musl/answers']
    const answers = lists.flatMap((list) =>
      readFileSync(join(stage0Folder, '..', list), 'utf8')
        .trimEnd()
        .split('\n')
    )
    const rows = [
      ...page.matchAll(/^\| ([\w/.-]+) \|[^|]*\| [\w/-]+ \| \d+ \| ([0-9a-f]{8}) \|$/gm)
    ]
    expect(rows).toHaveLength(5)
    for (const [, name = '', digest = ''] of rows) {
      const line = answers.find((answer) => answer.slice(66) === name)
      expect([name, line?.slice(0, 8)]).toEqual([name, digest])
    }
  })

  it('says how many lines each program has', () => {
    for (const [name = '', lines] of programRows()) {
      expect([name, lines]).toEqual([name, String(allLinesOf(sourcesOf(name)))])
    }
  })
})

function isProgram(file: string): boolean {
  return (statSync(file).mode & 0o100) !== 0
}

/** Name, lines, bytes and the digest's beginning, of each row of the table of programs. */
function programRows(): string[][] {
  const rows = page.matchAll(/^\| ([\w/-]+) \|.*\| (\d+) \| (\d+) \| ([0-9a-f]{8}) \|$/gm)
  return [...rows].map((row) => row.slice(1))
}

/** The sources that are a program's own. */
function sourcesOf(program: string): string[] {
  const name = program.replace(/^out\/|-[123]$/g, '')
  if (name === 'cc1' || name === 'cc2') {
    const parts = readdirSync(join(stage0Folder, name)).filter((file) => /\.(?:c|M1)$/.test(file))
    return parts.map((part) => join(stage0Folder, name, part))
  }
  const assembled = ['hex0.hex0', 'hex1.hex0', 'hex2.hex1', 'catm.hex2', 'M0.hex2', 'kaem.M1']
  const text = assembled.find((file) => file.startsWith(`${program}.`)) ?? `tools/${name}.c`
  return [join(stage0Folder, text)]
}

describe('what there is to read', () => {
  it('from the seed to TinyCC are at most 15,000 lines', () => {
    expect(linesOf(sourcesUpToTinycc())).toBeLessThanOrEqual(15_000)
  })

  it('is counted right in the document', () => {
    const counts = [linesOf(sourcesUpToTinycc()), allLinesOf(sourcesUpToTinycc())]
    const rounded = counts.map((count) => Math.ceil(count / 100) * 100)
    const told = /less than ([\d,]+) lines of ours \(([\d,]+) with the empty ones\)/.exec(page)
    expect(told?.slice(1).map((number) => Number(number.replace(',', '')))).toEqual(rounded)
  })

  it('leaves out no tool that is needed on the way', () => {
    for (const script of scriptsUpToTinycc()) {
      const commands = readFileSync(script, 'utf8').split('\n')
      const words = commands.map((line) => line.trim().split(' ')[0]?.replace(/^.*\//, ''))
      expect(words.filter((word) => laterTools.some((tool) => tool === word))).toEqual([])
    }
  })
})
