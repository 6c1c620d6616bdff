import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { material } from './material.js'
import { toolchains } from './toolchain.js'
import { inFolder, reference, run } from './workplace.js'

for (const toolchain of toolchains()) {
  describe.skipIf(toolchain.missing !== undefined)(`sha256sum by ${toolchain.name}`, () => {
    const sum = (folder: string, ...args: string[]): ReturnType<typeof run> =>
      run(toolchain.tool('sha256sum'), args, { cwd: folder })

    it('gives the digests that Node gives, for every length around a block', () => {
      inFolder((folder) => {
        const lengths = [...Array(140).keys(), 65_535, 65_536, 65_537, 1_000_000]
        for (const length of lengths) writeFileSync(join(folder, `${length}`), 'x'.repeat(length))
        const expected = lengths.map((length) => `${sha256('x'.repeat(length))}  ${length}\n`)
        expect(sum(folder, ...lengths.map(String)).stdout.toString()).toBe(expected.join(''))
      })
    })

    it('gives the digests that Node gives, for any bytes', () => {
      fc.assert(
        fc.property(material(200_000), (bytes) => {
          const done = run(toolchain.tool('sha256sum'), ['-'], { input: bytes })
          expect(done.stdout.toString()).toBe(`${sha256(bytes)}  -\n`)
        }),
        { numRuns: 15 }
      )
    })

    it('checks what it and the usual sha256sum wrote', () => {
      inFolder((folder) => {
        writeFileSync(join(folder, 'a'), 'one')
        writeFileSync(join(folder, 'b c'), 'two')
        expect(sum(folder, '-o', 'ours', 'a', 'b c').status).toBe(0)
        const theirs = reference('sha256sum', ['a', 'b c'], { cwd: folder })
        expect(readFileSync(join(folder, 'ours')).equals(theirs)).toBe(true)
        writeFileSync(join(folder, 'list'), `# digests\n\n${theirs.toString().replace('  ', ' *')}`)
        const done = sum(folder, '-c', 'ours', 'list')
        expect(done).toMatchObject({ status: 0, stderr: '' })
        expect(done.stdout.toString()).toBe('a: OK\nb c: OK\na: OK\nb c: OK\n')
      })
    })

    it('names every file that is changed or missing, with both digests', () => {
      inFolder((folder) => {
        for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, name), name)
        sum(folder, '-o', 'list', 'a', 'b', 'c')
        writeFileSync(join(folder, 'a'), 'changed')
        reference('rm', [join(folder, 'b')])
        const done = sum(folder, '--check', 'list')
        expect(done.status).toBe(1)
        expect(done.stdout.toString()).toBe('a: FAILED\nc: OK\n')
        expect(done.stderr).toContain(`a: expected ${sha256('a')}, found ${sha256('changed')}`)
        expect(done.stderr).toContain('cannot read b: No such file or directory')
      })
    })

    it.each([
      ['an empty list', ''],
      ['a short digest', `${'a'.repeat(63)}  file\n`],
      ['a long digest', `${'a'.repeat(65)}  file\n`],
      ['capitals', `${'A'.repeat(64)}  file\n`],
      ['no name', `${'a'.repeat(64)}  \n`],
      ['one blank', `${'a'.repeat(64)} file\n`],
      ['an endless line', 'a'.repeat(10_000)]
    ])('refuses a list with %s', (_, list) => {
      inFolder((folder) => {
        writeFileSync(join(folder, 'file'), '')
        writeFileSync(join(folder, 'list'), list)
        expect(sum(folder, '-c', 'list')).toMatchObject({ status: 1, stdout: Buffer.alloc(0) })
      })
    })

    it('fails for files that cannot be read', () => {
      inFolder((folder) => {
        expect(sum(folder, 'absent').stderr).toBe(
          'sha256sum: cannot read absent: No such file or directory\n'
        )
        expect(sum(folder, '.').stderr).toBe('sha256sum: cannot read .: Is a directory\n')
      })
    })
  })
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
