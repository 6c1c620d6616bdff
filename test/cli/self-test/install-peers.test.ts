import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { installPeers } from '../../../src/cli/self-test/install-peers.js'
import { sampleMachine } from '../../build/machine/sample-machine.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagex-peers-'))
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`)
  standIn('apt-get', `echo "$@" >>${folder}/apt-calls`)
  // Everything that is asked for is installed, but for skopeo and umoci.
  standIn(
    'dpkg-query',
    'shift 2; for name; do case $name in skopeo|umoci) ;; *) echo "$name installed" ;; esac; done'
  )
  return () => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})

function standIn(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}

/** What the person is told. */
async function told(machine: Parameters<typeof sampleMachine>[0]): Promise<string[]> {
  const lines: string[] = []
  await installPeers(sampleMachine(machine), (line) => lines.push(line))
  return lines
}

describe('the programs that tests use', () => {
  it('are installed by root, those that are missing and no others', async () => {
    expect(await told({ uid: 0 })).toEqual(['Installing skopeo umoci with apt-get …'])
    expect(readFileSync(join(folder, 'apt-calls'), 'utf8')).toMatch(/install .* skopeo umoci\n$/)
  })

  it('are left to a user who may not install them, with the command', async () => {
    expect(await told({ uid: 1000 })).toEqual([
      'Tests that need what is not installed here are skipped. To run them too:',
      '  sudo apt-get install -y skopeo umoci'
    ])
  })

  it('are nothing to speak of where all are there', async () => {
    standIn('dpkg-query', 'shift 2; for name; do echo "$name installed"; done')
    expect(await told({ uid: 0 })).toEqual([])
  })

  it('are named where their packages are not known', async () => {
    const [line] = await told({ uid: 0, files: { '/etc/os-release': 'ID=arch' } })
    expect(line).toContain('skopeo')
    expect(line).toContain('are skipped')
  })
})
