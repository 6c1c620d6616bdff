import { describe, expect, it } from 'vitest'
import type { ElfFacts } from '../../../src/audit/elf/read-elf.js'
import type { ImageSubject } from '../../../src/audit/lint/image-subject.js'
import type { ImageRule } from '../../../src/audit/lint/rule.js'
import { missingLibrary } from '../../../src/audit/lint/rules/missing-library.js'
import { setuidFile } from '../../../src/audit/lint/rules/setuid-file.js'
import { worldWritableFile } from '../../../src/audit/lint/rules/world-writable-file.js'
import { sha256 } from '../../../src/oci/digest.js'
import type { ImageFile } from '../../../src/oci/image-tree.js'

const plain: Omit<ImageFile, 'path'> = { type: 'file', mode: 0o755, uid: 0, gid: 0, size: 0 }

function subject(
  files: Readonly<Record<string, Partial<ImageFile> & { readonly elf?: ElfFacts }>>,
  companions: readonly string[] = []
): ImageSubject {
  const entries = Object.entries(files)
  return {
    files: new Map(
      entries.map(([path, file]) => [path, { ...plain, path, digest: sha256(path), ...file }])
    ),
    contents: new Map(
      entries.flatMap(([path, { elf }]) => (elf ? [[sha256(path), { elf, mentions: [] }]] : []))
    ),
    companions: new Set(companions)
  }
}

function found(rule: ImageRule, image: ImageSubject): string[] {
  return [...rule.check(image)].map(({ path }) => path)
}

describe('setuid-file', () => {
  it('finds set-user-id, set-group-id and capabilities', () => {
    const image = subject({
      'bin/su': { mode: 0o4755 },
      'bin/wall': { mode: 0o2755 },
      'bin/ping': { capability: '01' },
      'bin/ls': {}
    })
    expect(found(setuidFile, image)).toEqual(['/bin/su', '/bin/wall', '/bin/ping'])
  })

  it('passes over folders that hand down their group', () => {
    expect(found(setuidFile, subject({ srv: { type: 'directory', mode: 0o2755 } }))).toEqual([])
  })
})

describe('world-writable-file', () => {
  it('finds files and folders', () => {
    const image = subject({ a: { mode: 0o666 }, b: { type: 'directory', mode: 0o777 } })
    expect(found(worldWritableFile, image)).toEqual(['/a', '/b'])
  })

  it('passes over sticky folders, links and devices', () => {
    const image = subject({
      tmp: { type: 'directory', mode: 0o1777 },
      link: { type: 'symlink', mode: 0o777 },
      'dev/null': { type: 'character-device', mode: 0o666 }
    })
    expect(found(worldWritableFile, image)).toEqual([])
  })
})

describe('missing-library', () => {
  const program: ElfFacts = { kind: 'program', needed: ['libz.so.1'], interpreter: '/lib/ld.so.2' }
  const loader = { 'lib/ld.so.2': {} }

  it('finds a program whose library is nowhere', () => {
    const image = subject({ 'bin/a': { elf: program }, ...loader })
    expect([...missingLibrary.check(image)]).toEqual([
      { path: '/bin/a', message: 'programs that need `libz.so.1`' }
    ])
  })

  it('finds a program whose loader is nowhere', () => {
    const image = subject({ 'bin/a': { elf: program }, 'usr/lib/libz.so.1': {} })
    expect(found(missingLibrary, image)).toEqual(['/bin/a'])
  })

  it('is content where image and companions have all that is needed', () => {
    const image = subject({ 'bin/a': { elf: program }, ...loader }, ['libz.so.1'])
    expect(found(missingLibrary, image)).toEqual([])
  })

  it('finds a library that needs another', () => {
    const image = subject({ 'lib/b.so': { elf: { kind: 'shared', needed: ['libc.so.6'] } } })
    expect(found(missingLibrary, image)).toEqual(['/lib/b.so'])
  })

  it('knows that the loader of musl is its libc', () => {
    const elf: ElfFacts = { ...program, needed: ['libc.so'], interpreter: '/lib/ld-musl-i386.so.1' }
    const image = subject({ 'bin/a': { elf }, 'lib/ld-musl-i386.so.1': {} })
    expect(found(missingLibrary, image)).toEqual([])
  })

  it('passes over static programs and objects', () => {
    const image = subject({
      'bin/a': { elf: { kind: 'program', needed: [] } },
      'a.o': { elf: { kind: 'object', needed: ['x'] } }
    })
    expect(found(missingLibrary, image)).toEqual([])
  })
})
