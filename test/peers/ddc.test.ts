import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { whyNoGcc } from '../cc/toolchain.js'

const checkout = resolve(import.meta.dirname, '../..')
const sources = join(checkout, 'fetch/bootstrap')
const missing =
  whyNoGcc() ?? (existsSync(join(sources, 'musl')) ? undefined : 'no sources: stagex fetch musl')

const place = mkdtempSync(join(tmpdir(), 'stagex-ddc-test-'))
const root = join(place, 'tree')
const record = join(root, 'attestations/ddc-tcc.json')
afterAll(() => {
  try {
    rmSync(place, { recursive: true, force: true })
  } catch {
    // For an ordinary user, files of the store belong to subordinate ids; they go with the machine's /tmp.
  }
})

/** Runs stagex on a copy of the chain, with a store of its own. */
function stagex(...words: string[]): { readonly status: number | null; readonly report: unknown } {
  const all = ['--json', '--home', join(place, 'home'), '--root', root, ...words]
  const { status, stdout } = spawnSync(join(checkout, 'stagex'), all, { encoding: 'utf8' })
  return { status, report: JSON.parse(stdout) as unknown }
}

describe.skipIf(missing !== undefined)(`stagex ddc ${missing ?? ''}`, () => {
  it('finds the record to hold for what the seed makes', () => {
    for (const name of ['stage0', 'tcc', 'musl']) {
      const folder = `packages/bootstrap/${name}`
      cpSync(join(checkout, folder), join(root, folder), { recursive: true })
    }
    cpSync(sources, join(root, 'fetch/bootstrap'), { recursive: true })
    cpSync(join(checkout, 'attestations'), join(root, 'attestations'), { recursive: true })
    expect(stagex('ddc', 'tcc', '--check')).toMatchObject({ status: 0, report: { mismatches: [] } })
  }, 300_000)

  it('makes the same TinyCC and musl from gcc', () => {
    const { status, report } = stagex('ddc', 'tcc', '--from', 'gcc')
    expect(status).toBe(0)
    expect(report).toMatchObject({ starts: [{ from: 'seed' }, { from: 'gcc' }] })
    expect(report).not.toHaveProperty('difference')
  }, 300_000)

  it('fails when a digit of the record is tampered with', () => {
    const good = readFileSync(record, 'utf8')
    const digit = good.indexOf('"sha256": "') + '"sha256": "'.length
    const other = good[digit] === '0' ? '1' : '0'
    writeFileSync(record, good.slice(0, digit) + other + good.slice(digit + 1))
    expect(stagex('ddc', 'tcc', '--check')).toMatchObject({
      status: 1,
      report: { mismatches: [{ kind: 'result', name: 'bootstrap-tcc/usr/bin/tcc' }] }
    })
    writeFileSync(record, good)
  }, 300_000)

  it('fails when a byte of our own C library is another one', () => {
    const file = join(root, 'packages/bootstrap/stage0/libc/src/string.c')
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nint one_more;\n`)
    const { status, report } = stagex('ddc', 'tcc', '--check')
    expect(status).toBe(1)
    // The digests that stage0 checks while it is built see it first.
    expect(report).toMatchObject({ error: { code: 'build/run-failed' } })
  }, 300_000)
})
