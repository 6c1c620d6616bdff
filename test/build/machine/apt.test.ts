import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aptInstall, notInstalled } from '../../../src/build/machine/apt.js'

let folder: string
const calls = (): string[] =>
  readFileSync(join(folder, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replace(/^-q -o \S+ /, ''))

/** Puts a program of that name first in PATH; it writes down how it is called. */
function standIn(name: string, script: string): void {
  const text = `#!/bin/sh\necho "$@" >>${folder}/calls\n${script}\n`
  writeFileSync(join(folder, name), text, { mode: 0o755 })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagex-apt-'))
  writeFileSync(join(folder, 'calls'), '')
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`)
  return () => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})

const install = 'install -y --no-install-recommends runc uidmap'

describe('installing packages', () => {
  it('is one call where the lists are there and right', async () => {
    standIn('apt-get', 'exit 0')
    await aptInstall(['runc', 'uidmap'])
    expect(calls().filter((call) => call !== 'update')).toEqual([install])
  })

  it('fetches the lists and tries again where a package is not to be had', async () => {
    standIn(
      'apt-get',
      `case "$*" in *update) touch ${folder}/lists ;; *) [ -e ${folder}/lists ] ;; esac`
    )
    rmSync(join(folder, 'lists'), { force: true })
    await aptInstall(['runc', 'uidmap'])
    expect(calls().slice(-2)).toEqual(['update', install])
  })

  it('that fails twice shows what apt-get complains of', async () => {
    standIn('apt-get', 'case "$*" in *install*) echo "E: disk full" >&2; exit 100 ;; esac')
    await expect(aptInstall(['runc', 'uidmap'])).rejects.toMatchObject({
      code: 'machine/install-failed',
      kind: 'usage',
      found: 'E: disk full'
    })
  })
})

describe('what is not installed', () => {
  it('is what dpkg does not know, and what was removed', async () => {
    standIn('dpkg-query', "printf 'runc installed\\nuidmap config-files\\n'; exit 1")
    expect(await notInstalled(['runc', 'uidmap', 'skopeo'])).toEqual(['uidmap', 'skopeo'])
  })
})
