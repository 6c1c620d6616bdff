import fc from 'fast-check'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toolchains } from './toolchain.js'
import { describeTree } from './tree.js'
import { inFolder, reference, run, type Outcome } from './workplace.js'

/** Files by path; a text need not end in a newline. */
type Files = Readonly<Record<string, string>>

/** Lines of a small vocabulary, so that context comes again and hunks can fit in several places. */
const lines = fc.array(
  fc.constantFrom<string>('a', 'b', 'c', '', '}', '  x = 1', '-- y', '+++ z', '\\'),
  {
    maxLength: 60
  }
)
const ending = fc.constantFrom('', '\n', '\n')
const content = fc
  .tuple(lines, ending)
  .map(([all, end]) => all.join('\n') + (all.length > 0 ? end : ''))

/** A text and the same text with a few places changed. */
const change = fc
  .tuple(
    lines,
    fc.array(fc.tuple(fc.nat(60), fc.nat(3), fc.array(fc.constantFrom('new', 'a'))), {
      maxLength: 4
    }),
    ending,
    ending
  )
  .map(([before, edits, endBefore, endAfter]) => {
    const after = [...before]
    for (const [at, removed, added] of edits) after.splice(at, removed, ...added)
    return { before: before.join('\n') + endBefore, after: after.join('\n') + endAfter }
  })

const paths = ['one', 'two', 'sub/three', 'sub/deeper/four']

/** A tree before and after: files changed, added and removed. */
const trees = fc
  .tuple(
    ...paths.map(() => fc.tuple(fc.constantFrom('change', 'add', 'remove', 'no'), change, content))
  )
  .map((drafts) => {
    const before: Record<string, string> = {}
    const after: Record<string, string> = {}
    drafts.forEach(([kind, changed, text], i) => {
      const path = paths[i] ?? ''
      if (kind === 'change') before[path] = changed.before
      if (kind === 'change') after[path] = changed.after
      // diff cannot say that an empty file comes or goes.
      if (kind === 'add' && text !== '') after[path] = text
      if (kind === 'remove' && text !== '') before[path] = text
    })
    return { before, after }
  })

function put(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** `diff -ruN a b`, with `unified` lines of context. */
function diffOf(folder: string, before: Files, after: Files, unified: number): Buffer {
  put(join(folder, 'a'), before)
  put(join(folder, 'b'), after)
  return run('diff', [`-U${unified}`, '-rN', 'a', 'b'], { cwd: folder }).stdout
}

for (const toolchain of toolchains()) {
  describe.skipIf(toolchain.missing !== undefined)(`patch by ${toolchain.name}`, () => {
    const patch = (folder: string, diff: Buffer | string, ...options: string[]): Outcome =>
      run(toolchain.tool('patch'), options, { cwd: folder, input: diff })

    /** Applies a diff to files in a folder of their own and gives what they became. */
    const patched = (files: Files, diff: string): Outcome & { after: Files } =>
      inFolder((folder) => {
        put(folder, files)
        const done = patch(folder, diff)
        const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        const texts = names
          .filter((name) => statSync(join(folder, name)).isFile())
          .map((name) => [name, readFileSync(join(folder, name), 'latin1')] as const)
        return { ...done, after: Object.fromEntries(texts) }
      })

    it('turns one random tree into another by their diff, with any context', () => {
      fc.assert(
        fc.property(trees, fc.constantFrom(0, 1, 3, 10), ({ before, after }, unified) => {
          inFolder((folder) => {
            const diff = diffOf(folder, before, after, unified)
            if (diff.length === 0) return
            writeFileSync(join(folder, 'diff'), diff)
            const done = patch(join(folder, 'a'), '', '-p1', '-i', '../diff')
            expect(done).toMatchObject({ status: 0, stderr: '' })
            const contents = { modes: false, times: false }
            const files = (side: string): readonly string[] =>
              describeTree(join(folder, side), contents).filter((line) => !line.endsWith('folder'))
            expect(files('a')).toEqual(files('b'))
          })
        }),
        { numRuns: 80 }
      )
    })

    it('finds moved hunks where GNU patch finds them', () => {
      fc.assert(
        fc.property(
          change,
          fc.array(fc.constantFrom('moved', 'x'), { maxLength: 9 }),
          (edit, top) => {
            inFolder((folder) => {
              const moved = [...top, edit.before].join('\n')
              const diff = diffOf(folder, { f: edit.before }, { f: edit.after }, 3)
              if (diff.length === 0) return
              put(join(folder, 'ours'), { f: moved })
              put(join(folder, 'theirs'), { f: moved })
              const theirs = run('patch', ['-p1', '-F0', '-f', '-s'], {
                cwd: join(folder, 'theirs'),
                input: diff
              })
              const ours = patch(join(folder, 'ours'), diff, '-p1')
              const text = (side: string): string => readFileSync(join(folder, side, 'f'), 'latin1')
              if (ours.status === 0 && theirs.status === 0)
                expect(text('ours')).toBe(text('theirs'))
              if (ours.status !== 0) expect(text('ours')).toBe(moved)
            })
          }
        ),
        { numRuns: 60 }
      )
    })

    it('cuts as many folders off the names as it is told', () => {
      const diff = '--- x/y/f\n+++ x/y/f\n@@ -1 +1 @@\n-a\n+b\n'
      for (const [options, path] of [
        [[], 'x/y/f'],
        [['-p', '1'], 'y/f'],
        [['-p2'], 'f'],
        [['--strip', '2'], 'f']
      ] as const) {
        inFolder((folder) => {
          put(folder, { [path]: 'a\n' })
          expect(patch(folder, diff, ...options).status).toBe(0)
          expect(readFileSync(join(folder, path), 'latin1')).toBe('b\n')
        })
      }
    })

    it('keeps the permissions of what it changes and gives git its own', () => {
      inFolder((folder) => {
        put(folder, { kept: 'a\n' })
        reference('chmod', ['751', join(folder, 'kept')])
        const added = 'diff --git a/tool b/tool\nnew file mode 100755\n--- /dev/null\n+++ b/tool\n'
        const diff = `--- a/kept\n+++ b/kept\n@@ -1 +1 @@\n-a\n+b\n${added}@@ -0,0 +1 @@\n+x\n`
        expect(patch(folder, diff, '-p1').status).toBe(0)
        expect(statSync(join(folder, 'kept')).mode & 0o777).toBe(0o751)
        expect(statSync(join(folder, 'tool')).mode & 0o777).toBe(0o755)
      })
    })

    it('removes a file and the folders that it leaves empty', () => {
      const done = patched(
        { 'a/b/c': 'x\n', 'a/d': 'y\n' },
        '--- a/b/c\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n'
      )
      expect(done).toMatchObject({ status: 0, after: { 'a/d': 'y\n' } })
    })

    it('reads several changes of one file, mail around them, and lost blanks', () => {
      const first = 'Subject: x\n\n---\n f | 2 +-\n\n--- f\n+++ f\n@@ -1,3 +1,3 @@\n-a\n+b\n\n c\n'
      const second = '-- \n2.39\n--- f\n+++ f\n@@ -3 +3 @@ where it is\n-c\n+d\n'
      expect(patched({ f: 'a\n\nc\n' }, first + second)).toMatchObject({
        status: 0,
        after: { f: 'b\n\nd\n' }
      })
    })

    it('touches nothing unless every hunk of every file fits', () => {
      const files = { f: 'a\n', g: 'other\n' }
      const good =
        '--- f\n+++ f\n@@ -1 +1 @@\n-a\n+b\n--- /dev/null\n+++ new/one\n@@ -0,0 +1 @@\n+x\n'
      const bad = '--- g\n+++ g\n@@ -1 +1 @@\n-a\n+b\n'
      const done = patched(files, good + bad)
      expect(done).toMatchObject({ status: 1, after: files })
      expect(done.stderr).toContain('hunk 1 (line 12) does not fit g')
    })

    it.each<readonly [string, string, RegExp]>([
      ['fuzz', '--- f\n+++ f\n@@ -1,3 +1,3 @@\n x\n-b\n+B\n c\n', /hunk 1 .*does not fit f/],
      ['a missing file', '--- g\n+++ g\n@@ -1 +1 @@\n-a\n+b\n', /g is not there/],
      ['a file to be made again', '--- /dev/null\n+++ f\n@@ -0,0 +1 @@\n+b\n', /there already/],
      ['a removal that leaves lines', '--- f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n', /left of it/],
      ['an absolute name', '--- /f\n+++ /tmp/f\n@@ -1 +1 @@\n-a\n+b\n', /is absolute/],
      ['a name that climbs', '--- ../f\n+++ ../f\n@@ -1 +1 @@\n-a\n+b\n', /has \.\. in it/],
      ['a name behind a link', '--- l/x\n+++ l/x\n@@ -0,0 +1 @@\n+b\n', /l is not a folder/],
      ['a link', '--- l\n+++ l\n@@ -1 +1 @@\n-a\n+b\n', /l is not a regular file/],
      ['a broken hunk', '--- f\n+++ f\n@@ -1 +x @@\n-a\n+b\n', /line 3: broken hunk/],
      ['a strange line in a hunk', '--- f\n+++ f\n@@ -1,2 +1 @@\n-a\n*b\n', /line 5: broken hunk/],
      ['wrong counts', '--- f\n+++ f\n@@ -1,2 +1 @@\n-a\n+b\n+c\n-b\n', /counts are wrong/],
      ['an early end', '--- f\n+++ f\n@@ -1,3 +1,3 @@\n-a\n', /the diff ends in a hunk/],
      ['names without a hunk', '--- f\n+++ f\n', /no hunk follows/],
      ['a hunk without a name', '@@ -1 +1 @@\n-a\n+b\n', /belongs to no file/],
      ['a binary file', 'Binary files f and g differ\n', /binary/],
      ['a rename', 'diff --git a/f b/g\nrename from f\nrename to g\n', /renames/],
      ['a change of mode alone', 'diff --git a/f b/f\nold mode 1\nnew mode 100755\n', /without/],
      ['a quoted name', '--- "f\\t"\n+++ f\n@@ -1 +1 @@\n-a\n+b\n', /quoted/],
      ['something else', 'nothing of the kind\n', /no diff/]
    ])('refuses %s', (_, diff, words) => {
      inFolder((folder) => {
        put(folder, { f: 'a\nb\nc\n' })
        symlinkSync('.', join(folder, 'l'))
        const copy = `${folder}.copy`
        cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
        const done = patch(folder, diff)
        const aspects = { modes: true, times: false }
        const unchanged = describeTree(copy, aspects)
        rmSync(copy, { recursive: true })
        expect(done.status).toBe(1)
        expect(done.stderr).toMatch(words)
        expect(describeTree(folder, aspects)).toEqual(unchanged)
      })
    })

    it('refuses a file and a diff that are larger than 32 MiB', () => {
      inFolder((folder) => {
        const large = join(folder, 'large')
        writeFileSync(large, '')
        truncateSync(large, 32 * 2 ** 20 + 1)
        const change = '--- large\n+++ large\n@@ -1 +1 @@\n-a\n+b\n'
        expect(patch(folder, change).stderr).toMatch(/large: larger than 32 MiB/)
        expect(statSync(large).size).toBe(32 * 2 ** 20 + 1)
        expect(patch(folder, '', '-i', 'large')).toMatchObject({ status: 1 })
      })
    })
  })
}
