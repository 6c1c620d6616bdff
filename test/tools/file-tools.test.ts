import fc from 'fast-check'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { material } from './material.js'
import { toolchains } from './toolchain.js'
import { describeTree, plant, tree } from './tree.js'
import { inFolder, reference, run, type Outcome } from './workplace.js'

for (const toolchain of toolchains()) {
  describe.skipIf(toolchain.missing !== undefined)(`file tools by ${toolchain.name}`, () => {
    /** Runs one of the tools in a folder. */
    const tool = (folder: string, name: string, ...args: string[]): Outcome =>
      run(toolchain.tool(name), args, { cwd: folder })

    const expectSuccess = (done: Outcome): void => {
      expect(done).toMatchObject({ status: 0, stderr: '' })
    }

    it('cp -r copies random trees as the usual cp does', () => {
      fc.assert(
        fc.property(tree, (entries) => {
          inFolder((folder) => {
            mkdirSync(join(folder, 'from'))
            plant(join(folder, 'from'), entries)
            reference('cp', ['-r', 'from', 'theirs'], { cwd: folder })
            expectSuccess(tool(folder, 'cp', '-r', 'from', 'ours'))
            const aspects = { modes: true, times: false }
            const ours = describeTree(join(folder, 'ours'), aspects)
            expect(ours).toEqual(describeTree(join(folder, 'theirs'), aspects))
          })
        }),
        { numRuns: 25 }
      )
    })

    it('rm -r removes random trees and nothing behind their links', () => {
      fc.assert(
        fc.property(tree, (entries) => {
          inFolder((folder) => {
            mkdirSync(join(folder, 'tree'))
            mkdirSync(join(folder, 'safe'))
            writeFileSync(join(folder, 'safe/file'), '')
            plant(join(folder, 'tree'), entries)
            symlinkSync('../safe', join(folder, 'tree/ link'))
            expectSuccess(tool(folder, 'rm', '-r', 'tree/'))
            expect(readdirSync(folder)).toEqual(['safe'])
            expect(readdirSync(join(folder, 'safe'))).toEqual(['file'])
          })
        }),
        { numRuns: 15 }
      )
    })

    it('cp copies files to names and into folders', () => {
      inFolder((folder) => {
        const bytes = Buffer.alloc(200_000, 'content')
        writeFileSync(join(folder, 'a'), bytes, { mode: 0o754 })
        mkdirSync(join(folder, 'd'))
        expectSuccess(tool(folder, 'cp', 'a', 'b'))
        expectSuccess(tool(folder, 'cp', 'a', './b', 'd'))
        expectSuccess(tool(folder, 'cp', 'a', 'd/c'))
        for (const name of ['b', 'd/a', 'd/b', 'd/c']) {
          expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true)
          expect(statSync(join(folder, name)).mode & 0o777).toBe(0o754)
        }
        expect(tool(folder, 'cp', '-v', 'a', 'd/').stdout.toString()).toBe("'a' -> 'd//a'\n")
      })
    })

    it.each([
      ['a file onto itself', ['a', './a'], /one file/],
      ['a file onto a link to it', ['a', 'link'], /one file/],
      ['a missing file', ['absent', 'b'], /cannot find absent/],
      ['a folder without -r', ['d', 'e'], /-r would copy it/],
      ['a folder into itself', ['-r', 'd', 'd/inner'], /lies inside/],
      ['a file to a folder that is not there', ['a', 'absent/'], /is not a folder/],
      ['several files to a file', ['a', 'link', 'c'], /is not a folder/],
      ['a folder onto a file', ['-r', 'd', 'a'], /cannot make the folder/],
      ['nothing', ['a'], /usage/],
      ['by an unknown option', ['-q', 'a', 'b'], /unknown option/]
    ])('cp refuses to copy %s', (_, args, words) => {
      inFolder((folder) => {
        writeFileSync(join(folder, 'a'), 'kept')
        symlinkSync('a', join(folder, 'link'))
        mkdirSync(join(folder, 'd'))
        const done = tool(folder, 'cp', ...args)
        expect(done.status).toBe(1)
        expect(done.stderr).toMatch(words)
        expect(readFileSync(join(folder, 'a'), 'latin1')).toBe('kept')
      })
    })

    it('mkdir makes folders, their parents and their modes', () => {
      inFolder((folder) => {
        expectSuccess(tool(folder, 'mkdir', 'a', 'b'))
        expectSuccess(tool(folder, 'mkdir', '-p', 'a/x/y/', 'a/x', './c//d'))
        expectSuccess(tool(folder, 'mkdir', '--mode', '700', 'm'))
        expect(statSync(join(folder, 'm')).mode & 0o777).toBe(0o700)
        const lines = describeTree(folder, { modes: false, times: false })
        expect(lines.map((line) => line.split('"')[1])).toEqual([
          ...['a', 'a/x', 'a/x/y', 'b', 'c', 'c/d', 'm']
        ])
        expect(tool(folder, 'mkdir', 'a').stderr).toMatch(/cannot make a: File exists/)
        expect(tool(folder, 'mkdir', 'q/r').stderr).toMatch(/cannot make q\/r: No such file/)
        writeFileSync(join(folder, 'file'), '')
        expect(tool(folder, 'mkdir', '-p', 'file').stderr).toMatch(/cannot make file/)
        expect(tool(folder, 'mkdir', '-p', 'file/x').stderr).toMatch(/cannot make file/)
      })
    })

    it('chmod sets octal modes', () => {
      inFolder((folder) => {
        writeFileSync(join(folder, 'a'), '')
        for (const mode of [0o755, 0o600, 0o4711, 0]) {
          expectSuccess(tool(folder, 'chmod', mode.toString(8), 'a'))
          expect(statSync(join(folder, 'a')).mode & 0o7777).toBe(mode)
        }
        for (const mode of ['8', '10000', 'u+x', '-1', ''])
          expect(tool(folder, 'chmod', mode, 'a').status).toBe(1)
        expect(tool(folder, 'chmod', '755', 'b').stderr).toMatch(/cannot change b: No such file/)
        expect(tool(folder, 'chmod', '755').stderr).toMatch(/usage/)
      })
    })

    it('rm removes files, and folders only with -r', () => {
      inFolder((folder) => {
        mkdirSync(join(folder, 'd'))
        for (const name of ['a', 'b', 'd/c']) writeFileSync(join(folder, name), '')
        expectSuccess(tool(folder, 'rm', 'a'))
        expect(tool(folder, 'rm', 'a').stderr).toMatch(/cannot remove a: No such file/)
        expectSuccess(tool(folder, 'rm', '-f', 'a'))
        expect(tool(folder, 'rm', 'd').stderr).toMatch(/d is a folder/)
        for (const name of ['.', '..', '/', 'd/.', 'd/..', './', 'd/../'])
          expect(tool(folder, 'rm', '-rf', 'b', name).stderr).toMatch(/refusing to remove/)
        expect(existsSync(join(folder, 'b'))).toBe(true)
        expectSuccess(tool(folder, 'rm', '-rf', 'd', 'b'))
        expect(readdirSync(folder)).toEqual([])
      })
    })

    it('ln makes links of both kinds', () => {
      inFolder((folder) => {
        mkdirSync(join(folder, 'd'))
        writeFileSync(join(folder, 'a'), 'content')
        expectSuccess(tool(folder, 'ln', 'a', 'hard'))
        expect(statSync(join(folder, 'a')).nlink).toBe(2)
        expectSuccess(tool(folder, 'ln', '-s', 'any/where', 'soft'))
        expect(readlinkSync(join(folder, 'soft'))).toBe('any/where')
        expect(tool(folder, 'ln', '-s', 'x', 'soft').stderr).toMatch(/File exists/)
        expectSuccess(tool(folder, 'ln', '-sf', 'x', 'soft'))
        expect(readlinkSync(join(folder, 'soft'))).toBe('x')
        expectSuccess(tool(folder, 'ln', '-s', '../a', 'any/b', 'd'))
        expect(readdirSync(join(folder, 'd'))).toEqual(['a', 'b'])
        expect(lstatSync(join(folder, 'd/b')).isSymbolicLink()).toBe(true)
        expect(tool(folder, 'ln', 'a').stderr).toMatch(/usage/)
      })
    })

    it('catm joins files of any size, also its own output', () => {
      fc.assert(
        fc.property(fc.array(material(150_000), { minLength: 1, maxLength: 5 }), (parts) => {
          inFolder((folder) => {
            parts.forEach((part, i) => {
              writeFileSync(join(folder, `${i}`), part)
            })
            const names = parts.map((_, i) => `${i}`)
            expectSuccess(tool(folder, 'catm', '0', ...names, '0'))
            const expected = Buffer.concat([...parts, parts[0] ?? Buffer.alloc(0)])
            expect(readFileSync(join(folder, '0')).equals(expected)).toBe(true)
          })
        }),
        { numRuns: 10 }
      )
    })

    it('catm leaves nothing where an input is missing', () => {
      inFolder((folder) => {
        writeFileSync(join(folder, 'a'), 'x')
        expect(tool(folder, 'catm', 'out', 'a', 'absent').stderr).toMatch(/cannot open absent/)
        expect(readdirSync(folder)).toEqual(['a'])
      })
    })

    it('replace replaces every occurrence, as a split and join does', () => {
      const text = fc.stringMatching(/^[ab\n]{0,300}$/)
      const match = fc.stringMatching(/^[ab\n]{1,3}$/)
      fc.assert(
        fc.property(text, match, text, (before, from, to) => {
          inFolder((folder) => {
            writeFileSync(join(folder, 'f'), before)
            expectSuccess(tool(folder, 'replace', ...replaceArguments('f', 'g', from, to)))
            expect(readFileSync(join(folder, 'g'), 'latin1')).toBe(
              before.replaceAll(from, () => to)
            )
          })
        }),
        { numRuns: 60 }
      )
    })

    it('replace works on bytes, in place, and keeps permissions', () => {
      inFolder((folder) => {
        const bytes = Buffer.concat([Buffer.alloc(100_000), Buffer.from('\xffneedle\0', 'latin1')])
        writeFileSync(join(folder, 'f'), bytes, { mode: 0o755 })
        expectSuccess(tool(folder, 'replace', ...replaceArguments('f', 'f', 'needle', '')))
        expect(readFileSync(join(folder, 'f')).length).toBe(bytes.length - 6)
        expect(statSync(join(folder, 'f')).mode & 0o777).toBe(0o755)
        expect(tool(folder, 'replace', ...replaceArguments('f', 'f', '', 'x')).status).toBe(1)
        expect(tool(folder, 'replace', '-f', 'f').stderr).toMatch(/usage/)
      })
    })
  })
}

function replaceArguments(from: string, to: string, match: string, replacement: string): string[] {
  return ['--file', from, '--output', to, '--match-on', match, '--replace-with', replacement]
}
