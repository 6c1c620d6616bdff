import fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { lstatSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noise, randomFrom, text } from './material.js'
import { entryOf, paxRecord, tarOf, type TarEntry } from './tar-writer.js'
import { toolchains } from './toolchain.js'
import { describeTree, plant, tree } from './tree.js'
import { inFolder, reference, run, type Outcome } from './workplace.js'

const everything = { modes: true, times: true }

for (const toolchain of toolchains()) {
  describe.skipIf(toolchain.missing !== undefined)(`untar by ${toolchain.name}`, () => {
    /** Unpacks an archive into `folder`/target, which is made. */
    const unpack = (folder: string, archive: Buffer, ...options: string[]): Outcome => {
      const file = join(folder, 'archive.tar')
      const target = join(folder, 'target')
      mkdirSync(target, { recursive: true })
      writeFileSync(file, archive)
      return run(toolchain.tool('untar'), ['--file', file, '-C', target, ...options])
    }

    /** Refused with these words, and nothing came into the target or beside it. */
    const expectRefusal = (archive: Buffer, words: RegExp): void => {
      inFolder((folder) => {
        const done = unpack(folder, archive)
        expect(done.status).toBe(1)
        expect(done.stderr).toMatch(words)
        expect(readdirSync(join(folder, 'target'))).toEqual([])
        expect(readdirSync(folder).sort()).toEqual(['archive.tar', 'target'])
      })
    }

    it.each([['gnu'], ['pax'], ['ustar'], ['oldgnu']])(
      'unpacks random trees in format %s as GNU tar does',
      (format) => {
        fc.assert(
          fc.property(tree, (entries) => {
            inFolder((folder) => {
              const source = join(folder, 'source')
              mkdirSync(source)
              const kept = entries.filter((entry) => format !== 'ustar' || fitsUstar(entry))
              const present = new Set(kept.map((entry) => entry.path))
              plant(
                source,
                kept.filter((entry) => entry.kind !== 'hard link' || present.has(entry.target))
              )
              const archive = reference('tar', [
                ...['-C', source, `--format=${format}`, '-c', '-f', '-', '.']
              ])
              const done = unpack(folder, archive)
              expect(done).toMatchObject({ status: 0, stderr: '' })
              const target = join(folder, 'target')
              expect(describeTree(target, everything)).toEqual(describeTree(source, everything))
              expect(statSync(target).mode).toBe(statSync(source).mode)
            })
          }),
          { numRuns: 12 }
        )
      }
    )

    it('unpacks the same under any umask', () => {
      const archive = tarOf(
        { name: 'made/here/file', content: 'x', mode: '0000666' },
        { name: 'folder/', type: '5', mode: '0000777' }
      )
      const modes = ['000', '022', '077'].map((umask) =>
        inFolder((folder) => {
          writeFileSync(join(folder, 'a.tar'), archive)
          const script = `umask ${umask}; exec ${toolchain.tool('untar')} --file a.tar`
          execFileSync('sh', ['-c', script], { cwd: folder })
          execFileSync('rm', ['a.tar'], { cwd: folder })
          return describeTree(folder, { modes: true, times: false })
        })
      )
      expect(modes[1]).toEqual(modes[0])
      expect(modes[2]).toEqual(modes[0])
    })

    it('fills a folder before it takes away the permission to', () => {
      inFolder((folder) => {
        const inner = { name: 'closed/inner/', type: '5', mode: '0000555' }
        const file = { name: 'closed/inner/file', content: 'x', mode: '0000444' }
        const done = unpack(
          folder,
          tarOf({ name: 'closed', type: '5', mode: '0000500' }, inner, file)
        )
        expect(done.status).toBe(0)
        const lines = describeTree(join(folder, 'target'), { modes: true, times: true })
        expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
          '"closed" 500 1',
          '"closed/inner" 555 1',
          '"closed/inner/file" 444 1'
        ])
        execFileSync('chmod', ['-R', 'u+w', join(folder, 'target')])
      })
    })

    it('drops set-user and set-group bits', () => {
      inFolder((folder) => {
        expect(unpack(folder, tarOf({ name: 'tool', mode: '0006755' })).status).toBe(0)
        expect(statSync(join(folder, 'target/tool')).mode & 0o7777).toBe(0o755)
      })
    })

    it('lists names with --verbose', () => {
      inFolder((folder) => {
        const done = unpack(folder, tarOf({ name: 'a' }, { name: 'b/', type: '5' }), '--verbose')
        expect(done.stdout.toString()).toBe('a\nb\n')
      })
    })

    it('replaces files, and links instead of what they point at', () => {
      inFolder((folder) => {
        mkdirSync(join(folder, 'target'))
        writeFileSync(join(folder, 'outside'), 'safe')
        symlinkSync('../outside', join(folder, 'target/name'))
        writeFileSync(join(folder, 'target/old'), 'old')
        const archive = tarOf({ name: 'name', content: 'new' }, { name: 'old', content: 'new' })
        expect(unpack(folder, archive).status).toBe(0)
        expect(readFileSync(join(folder, 'outside'), 'latin1')).toBe('safe')
        expect(lstatSync(join(folder, 'target/name')).isSymbolicLink()).toBe(false)
        expect(readFileSync(join(folder, 'target/old'), 'latin1')).toBe('new')
      })
    })

    it('keeps symbolic links that point anywhere, for it follows none', () => {
      inFolder((folder) => {
        const archive = tarOf({ name: 'link', type: '2', link: '/etc/passwd' })
        expect(unpack(folder, archive).status).toBe(0)
        expect(readlinkSync(join(folder, 'target/link'))).toBe('/etc/passwd')
      })
    })

    it.each<readonly [string, TarEntry]>([
      ['an absolute name', { name: '/tmp/escaped' }],
      ['a name that climbs', { name: '../escaped' }],
      ['a name that climbs in its middle', { name: 'a/../../escaped' }],
      ['a name that ends in ..', { name: 'a/..', type: '5' }],
      ['an absolute hard link', { name: 'a', type: '1', link: '/etc/passwd' }],
      ['a hard link that climbs', { name: 'a', type: '1', link: '../archive.tar' }],
      ['a link that climbs by name', { name: '../a', type: '2', link: 'x' }],
      ['an empty name', { name: '' }]
    ])('refuses %s before anything is written', (_, entry) => {
      expectRefusal(tarOf({ name: 'good', content: 'good' }, entry), /is refused: it (is|has)/)
    })

    it('refuses a pax path and a GNU name that climb', () => {
      const pax = entryOf({ name: 'x', type: 'x', content: paxRecord('path', '../../escaped') })
      const gnu = entryOf({ name: 'x', type: 'L', content: '/escaped\0' })
      const file = tarOf({ name: 'harmless', content: 'x' })
      expectRefusal(Buffer.concat([pax, file]), /is refused: it has/)
      expectRefusal(Buffer.concat([gnu, file]), /is refused: it is absolute/)
    })

    it.each<readonly [string, readonly TarEntry[]]>([
      ['a file', [{ name: 'link/escaped', content: 'x' }]],
      ['a folder', [{ name: 'link/escaped/', type: '5' }]],
      ['a link', [{ name: 'link/escaped', type: '2', link: 'x' }]],
      ['a hard link', [{ name: 'link/escaped', type: '1', link: 'good' }]],
      ['what a hard link names', [{ name: 'mine', type: '1', link: 'link/archive.tar' }]],
      ['a file deeper down', [{ name: 'link/a/b/escaped', content: 'x' }]]
    ])('never puts %s behind a symbolic link of the archive', (_, entries) => {
      inFolder((folder) => {
        const link: TarEntry = { name: 'link', type: '2', link: '..' }
        const done = unpack(folder, tarOf({ name: 'good', content: 'x' }, link, ...entries))
        expect(done.status).toBe(1)
        expect(done.stderr).toMatch(/link is not a folder, nothing is put behind it/)
        expect(readdirSync(folder).sort()).toEqual(['archive.tar', 'target'])
      })
    })

    it('never goes through a symbolic link that was there before', () => {
      inFolder((folder) => {
        mkdirSync(join(folder, 'target'))
        mkdirSync(join(folder, 'outside'))
        symlinkSync('../outside', join(folder, 'target/link'))
        expect(unpack(folder, tarOf({ name: 'link/escaped' })).status).toBe(1)
        expect(readdirSync(join(folder, 'outside'))).toEqual([])
      })
    })

    it('refuses devices, pipes and sparse files, or passes over them where it is told to', () => {
      for (const type of ['3', '4', '6', 'S', 'V', 'D']) {
        const archive = tarOf({ name: 'odd', type }, { name: 'file', content: 'x' })
        expectRefusal(archive, /odd is of an unknown kind/)
        inFolder((folder) => {
          expect(unpack(folder, archive, '--non-strict').status).toBe(0)
          expect(readdirSync(join(folder, 'target'))).toEqual(['file'])
        })
      }
    })

    it('refuses headers that are broken, whichever way', () => {
      const broken: readonly [TarEntry, RegExp][] = [
        [{ name: 'a', checkSum: '0000000\0' }, /check sum is wrong/],
        [{ name: 'a', size: '0000000001x' }, /number in a header is broken/],
        [{ name: 'a', size: '77777777777' }, /too large/],
        [{ name: 'a', size: `\x80${'\xff'.repeat(11)}` }, /too large/],
        [{ name: 'a', type: 'x', content: 'nonsense' }, /extended header is broken/],
        [{ name: 'a', type: 'x', content: '99 path=x\n' }, /extended header is broken/],
        [{ name: 'a', type: 'x', content: '6 path\n' }, /extended header is broken/],
        [{ name: 'a', type: 'L', size: '00100000000' }, /extended header is too long/],
        [{ name: 'a', type: '2', link: '' }, /has no target/]
      ]
      for (const [entry, words] of broken) expectRefusal(tarOf(entry, { name: 'next' }), words)
    })

    it('refuses every truncation, before anything is written', () => {
      const whole = Buffer.concat(
        [{ name: 'first', content: text(1, 700) }, { name: 'second' }].map(entryOf)
      )
      for (let length = 0; length <= whole.length; length += 64)
        expectRefusal(whole.subarray(0, length), /unexpected end of archive/)
    })

    it('notices every flipped bit of a header', () => {
      const archive = tarOf({ name: 'name', content: 'content' })
      const random = randomFrom(5)
      for (let i = 0; i < 100; i++) {
        const position = Math.floor(random() * 512 * 8)
        const flipped = Buffer.from(archive)
        flipped[position >> 3] = (flipped[position >> 3] ?? 0) ^ (1 << (position & 7))
        inFolder((folder) => {
          const done = unpack(folder, flipped)
          const names = readdirSync(join(folder, 'target'))
          if (done.status === 0) expect(names).toEqual(['name'])
          else expect(names).toEqual([])
        })
      }
    })

    it('refuses what is no archive', () => {
      expectRefusal(noise(1, 2048), /check sum is wrong|number in a header/)
      expectRefusal(Buffer.alloc(0), /unexpected end/)
    })
  })
}

/** What the ustar format can say without an extension. */
function fitsUstar(entry: { path: string; kind: string; target?: string }): boolean {
  const longest = Math.max(...entry.path.split('/').map((part) => Buffer.byteLength(part)))
  return longest < 95 && Buffer.byteLength(entry.path) < 99 && (entry.target ?? '').length < 99
}
