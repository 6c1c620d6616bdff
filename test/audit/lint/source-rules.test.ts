import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkTree } from '../../../src/audit/lint/check-tree.js'
import { rules } from '../../../src/audit/lint/rules.js'
import { SourceStore } from '../../../src/source/source-store.js'
import { loadTree } from '../../../src/tree/load-tree.js'
import { treeFolder } from '../../tree/tree-fixture.js'
import { writeElf } from '../elf/elf-writer.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-sources-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** An archive with these files in a folder `data-1`. */
function archive(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  const content = join(folder, `${name}.content`)
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(content, 'data-1', path, '..'), { recursive: true })
    writeFileSync(join(content, 'data-1', path), bytes)
  }
  const file = join(folder, name)
  execFileSync('tar', ['-caf', file, '-C', content, 'data-1'])
  return file
}

/** What is found in a package whose one source is this file, put into a store. */
async function check(file: string, comment = ''): Promise<string[]> {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex')
  const home = mkdtempSync(join(folder, 'home-'))
  await new SourceStore(home).adopt(file, hash)
  const mirrors = 'mirrors = ["https://example.org/x", "https://example.com/x"]'
  const root = treeFolder({
    'user/data/package.toml': `[package]\nname = "data"\n\n${comment}[sources.a]\nhash = "${hash}"\n${mirrors}\n`,
    'user/data/Containerfile': 'FROM scratch\nCOPY fetch /\n'
  })
  const findings = await checkTree(await loadTree(root), { rules, home })
  return findings.flatMap(({ rule, paths = [] }) => paths.map((path) => `${rule} ${path}`))
}

const elf = writeElf({ wide: true, littleEndian: true, type: 2, needed: [] })
const portable = Buffer.alloc(128)
portable.write('MZ', 0)
portable.writeUInt32LE(64, 60)
portable.write('PE\0\0', 64)

describe('prebuilt-binary', () => {
  const files = {
    README: 'text',
    'bin/tool': elf,
    'win/tool.exe': portable,
    'lib/a.jar': Buffer.from('PK\u0003\u0004'),
    'lib/a.zip': Buffer.from('PK\u0003\u0004'),
    'MZ.txt': 'MZ is how some programs begin'
  }
  const all = ['bin/tool', 'lib/a.jar', 'win/tool.exe'].map(
    (path) => `prebuilt-binary /data-1/${path}`
  )

  it.each(['a.tar', 'a.tar.gz', 'a.tar.xz'])('finds programs in %s', async (name) => {
    expect((await check(archive(name, files))).sort()).toEqual(all)
  })

  it('finds a source that is a program itself', async () => {
    const file = join(folder, 'program')
    writeFileSync(file, elf)
    expect(await check(file)).toEqual(['prebuilt-binary /'])
  })

  it('has nothing to say of sources that are text, nor of a damaged archive', async () => {
    expect(await check(archive('text.tar', { README: 'text' }))).toEqual([])
    const damaged = join(folder, 'damaged.tar.gz')
    writeFileSync(damaged, readFileSync(archive('b.tar.gz', files)).subarray(0, 60))
    expect(await check(damaged)).toEqual([])
  })

  it('leaves out what a comment allows, path by path', async () => {
    const comment = '# stagex-lint: allow prebuilt-binary /data-1/bin /data-1/lib — never started\n'
    expect(await check(archive('c.tar', files), comment)).toEqual([
      'prebuilt-binary /data-1/win/tool.exe'
    ])
  })
})
