import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readAnswers } from './answers.js'
import { withChain } from './chain.js'
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

  it.skipIf(!runsI386())('says how large each program is', async () => {
    await withChain((folder) => {
      const sizes = [...readAnswers().keys()].map((name) => {
        const size = readFileSync(join(folder, name)).length
        return [name.replace('bin/', ''), String(size)]
      })
      const rows = [...page.matchAll(/^\| ([\w/-]+) \|.*\| \d+ \| (\d+) \|$/gm)]
      expect(rows.map((row) => [row[1], row[2]])).toEqual(sizes)
    })
  })
})
