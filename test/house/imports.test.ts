import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { repository } from './repository.js'

let folder: string

/** A small house with the real rules: a file in each room, which imports the rooms that it may import. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagex-imports-'))
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    cpSync(join(repository, name), join(folder, name))
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  rows.forEach((row, level) => {
    for (const room of row) write(`src/${room}/room.ts`, rows.slice(level + 1).flat())
  })
  return () => {
    rmSync(folder, { recursive: true })
  }
})

const rows = [
  ['cli'],
  ['publish'],
  ['site', 'audit', 'rebuild', 'trust', 'upkeep'],
  ['build'],
  ['tree'],
  ['source', 'containerfile', 'oci'],
  ['http'],
  ['base']
]

/** A file that imports the named rooms' files. */
function write(path: string, imported: readonly string[]): void {
  const lines = imported.map((room) => `import '../${room}/room.js'`)
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), [...lines, 'export {}', ''].join('\n'))
}

/** The rules that the small house breaks, with the two files of each. */
function violations(): string[] {
  const program = join(repository, 'node_modules/.bin/depcruise')
  const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const { stdout } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' })
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] }
  }
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).sort()
}

describe('imports between rooms', () => {
  it('may run downwards', () => {
    expect(violations()).toEqual([])
  })

  it('may not run upwards, nor between rooms of one row', () => {
    write('src/base/upwards.ts', ['cli'])
    write('src/oci/upwards.ts', ['tree'])
    write('src/source/sideways.ts', ['oci'])
    write('src/tree/upwards.ts', ['build'])
    write('src/build/upwards.ts', ['trust'])
    write('src/audit/sideways.ts', ['site'])
    expect(violations()).toEqual([
      'audit-imports-downwards: src/audit/sideways.ts → src/site/room.ts',
      'base-imports-downwards: src/base/upwards.ts → src/cli/room.ts',
      'build-imports-downwards: src/build/upwards.ts → src/trust/room.ts',
      'oci-imports-downwards: src/oci/upwards.ts → src/tree/room.ts',
      'source-imports-downwards: src/source/sideways.ts → src/oci/room.ts',
      'tree-imports-downwards: src/tree/upwards.ts → src/build/room.ts'
    ])
  })

  it('may not run in a circle', () => {
    writeFileSync(join(folder, 'src/oci/one.ts'), "import './two.js'\nexport {}\n")
    writeFileSync(join(folder, 'src/oci/two.ts'), "import './one.js'\nexport {}\n")
    expect(violations()).toContain('no-circular: src/oci/one.ts → src/oci/two.ts')
  })

  it('have a rule for every room there is', () => {
    const output = execFileSync('git', ['ls-files', 'src'], { cwd: repository, encoding: 'utf8' })
    const rooms = output.split('\n').flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? [])
    expect([...new Set(rooms)].filter((room) => !rows.flat().includes(room))).toEqual([])
  })
})
