import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const program = resolve(import.meta.dirname, '../../stagex')

/** Runs a line of shell in which `$0` is stagex. */
function shell(line: string, stdout?: number): Promise<{ status: number | null; text: string }> {
  return new Promise((resolveWith) => {
    const child = spawn('sh', ['-c', line, program], {
      stdio: ['ignore', stdout ?? 'pipe', 'pipe']
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (piece: Buffer) => (text += piece.toString('utf8')))
    }
    child.on('close', (status) => {
      resolveWith({ status, text })
    })
  })
}

describe('stagex', () => {
  it('says that standard output is full, in text with --json, too', async () => {
    for (const command of ['list', '--json list']) {
      const { status, text } = await shell(`exec "$0" ${command}`, openSync('/dev/full', 'w'))
      expect(status).toBe(1)
      expect(text).toContain('[cli/unwritable-output]')
      expect(text).not.toContain('main.js')
    }
  })

  it('ends quietly when nobody reads on', async () => {
    const { status, text } = await shell('{ "$0" list; echo "$?" >&2; } | true')
    expect(status).toBe(0)
    expect(text).toMatch(/^(0|141)\n$/)
  })

  it('says that its working directory is gone, and still helps', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stagex-gone-'))
    const gone = `cd "${folder}" && rmdir "${folder}" && exec "$0"`
    const { status, text } = await shell(`${gone} list`)
    expect(status).toBe(2)
    expect(text).toContain('[cli/no-working-folder]')
    const again = mkdtempSync(join(tmpdir(), 'stagex-gone-'))
    const help = await shell(`cd "${again}" && rmdir "${again}" && exec "$0" --help`)
    expect(help).toMatchObject({ status: 0, text: expect.stringContaining('Usage:') as unknown })
    rmSync(folder, { recursive: true, force: true })
  })
})
