import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toolchains } from './toolchain.js'
import { inFolder, run } from './workplace.js'

/** A script, what it prints, and its status (0) and words on standard error (none) where they differ. */
interface Case {
  readonly story: string
  readonly script: string
  readonly prints?: string
  readonly status?: number
  readonly complains?: RegExp
  readonly options?: readonly string[]
}

const cases: readonly Case[] = [
  { story: 'nothing', script: '' },
  { story: 'blank lines, comments and separators', script: '\n# one\n ;; \t\n  # two\n;' },
  { story: 'a comment without an end of line', script: 'echo a # b', prints: 'a\n' },
  { story: 'words apart by blanks and tabs', script: 'echo  a \tb\n', prints: 'a b\n' },
  { story: 'a # inside a word', script: 'echo a#b\n', prints: 'a#b\n' },
  { story: 'several commands on a line', script: 'echo a; echo b;echo c', prints: 'a\nb\nc\n' },
  { story: 'quotes', script: 'echo "a  b;#" c"d e"f ""g\n', prints: 'a  b;# cd ef g\n' },
  { story: 'an empty word in quotes', script: 'printf "<%s>" a "" b\n', prints: '<a><><b>' },
  { story: 'escapes', script: 'echo a\\ b \\" "\\"x\\n\\\\" \\#\n', prints: 'a b " "x\n\\ #\n' },
  { story: 'a command on two lines', script: 'echo a \\\n  b\\\nc\n', prints: 'a bc\n' },
  { story: 'a string on two lines', script: 'echo "a\nb"\n', prints: 'a\nb\n' },
  { story: 'variables', script: 'A=x\nB="y z"\necho ${A}${B} "${A}."\n', prints: 'xy z x.\n' },
  { story: 'a variable in a value', script: 'A=x\nA=${A}y${A}\necho ${A}\n', prints: 'xyx\n' },
  { story: 'a value with = in it', script: 'A=b=c\necho ${A}\n', prints: 'b=c\n' },
  { story: 'no splitting of values', script: 'A="a  b"\nprintf "<%s>" ${A}\n', prints: '<a  b>' },
  { story: 'a value that was set outside', script: 'echo ${OUTSIDE}\n', prints: 'from here\n' },
  { story: 'a variable in a command', script: 'A=x\nprintenv A\n', prints: 'x\n' },
  {
    story: 'unset variables',
    script: 'echo "[${NOT}]" ${NOT} ${NOT:-text}\n',
    prints: '[] text\n'
  },
  {
    story: 'a text for empty and unset variables only',
    script: 'A=x\nE=\necho ${A:-no} ${E:-yes two} "${U:-}"\n',
    prints: 'x yes two \n'
  },
  {
    story: 'a word that comes out empty',
    script: 'E=\nprintf "<%s>" a ${E} b\n',
    prints: '<a><b>'
  },
  { story: 'a dollar by escape', script: 'echo \\${A} "\\$@"\n', prints: '${A} $@\n' },
  { story: 'unset', script: 'A=x\nB=y\nunset A\necho "${A}" ${B}\nprintenv B', prints: ' y\ny\n' },
  {
    story: 'arguments',
    script: 'printf "<%s>" $@ "a $@"\n',
    options: ['--', 'one two', 'three'],
    prints: '<one two><three><a one two three>'
  },
  { story: 'no arguments', script: 'echo [ $@ ]\n', prints: '[ ]\n' },
  { story: 'cd', script: 'cd sub\ncat file\ncd ..\npwd\n', prints: 'inside\nHERE\n' },
  {
    story: 'if that holds',
    script: 'if true\necho a\nelse\necho b\nfi\necho c\n',
    prints: 'a\nc\n'
  },
  {
    story: 'if that does not',
    script: 'if false\necho a\nelse\necho b\nfi\necho c',
    prints: 'b\nc\n'
  },
  { story: 'if without else', script: 'if false\necho a\nfi\nif true;echo b; fi\n', prints: 'b\n' },
  {
    story: 'if in if',
    script:
      'if true\nif false\necho a\nelse\nif true\necho b\nfi\nfi\nelse\nif true\necho c\nelse\necho d\nfi\nfi\n',
    prints: 'b\n'
  },
  {
    story: 'no effect of what is skipped',
    script: 'if false\nA=x\ncd /\nexit\nfi\necho "${A}"; pwd',
    prints: '\nHERE\n'
  },
  { story: 'exec', script: 'echo a\nexec printf b\necho c\n', prints: 'a\nb' },
  { story: 'exec with a status', script: 'exec sh -c "exit 7"\n', status: 7 },
  { story: 'output in order', script: 'echo a\nsh -c "echo b"\necho c\n', prints: 'a\nb\nc\n' },
  {
    story: 'every command, where it is verbose',
    script: 'A=x\nif true\necho ${A} "b c"\nfi\n',
    options: ['--verbose'],
    prints: ' +> A=x\n +> true\n +> echo x b c\nx b c\n'
  },
  { story: 'set -x', script: 'set -x\necho a\n', prints: ' +> echo a\na\n' },
  {
    story: 'the first failure, where it is strict',
    script: 'echo a\nsh -c "exit 3"\necho b\n',
    prints: 'a\n',
    status: 1,
    complains: /kaem: script:2: sh: status 3/
  },
  {
    story: 'all failures, where it is not',
    script: 'false\necho a\n',
    options: ['--non-strict'],
    prints: 'a\n',
    complains: /script:1: false: status 1/
  },
  {
    story: 'set -e',
    script: 'false\nset -ea\nfalse\necho a\n',
    options: ['--non-strict'],
    status: 1,
    complains: /:1: .*\n.*:3: /
  },
  { story: 'a death by signal', script: 'sh -c "kill -9 \\$\\$"\n', status: 1, complains: /137/ },
  { story: 'a missing command', script: 'absent\n', status: 1, complains: /cannot run absent/ },
  { story: 'a missing command behind if', script: 'if absent\nfi\n', status: 1, complains: /:1: / },
  { story: 'cd to nowhere', script: 'cd absent\n', status: 1, complains: /cannot enter absent/ },
  {
    story: 'a string without end',
    script: 'echo a\necho "b\nc',
    prints: 'a\n',
    status: 1,
    complains: /script:2: a string without end/
  },
  {
    story: 'if without fi',
    script: '\nif true\necho a\n',
    prints: 'a\n',
    status: 1,
    complains: /:2: if without fi/
  },
  {
    story: 'two elses',
    script: 'if true\nelse\nelse\nfi\n',
    status: 1,
    complains: /if without fi/
  },
  { story: 'fi alone', script: 'fi\n', status: 1, complains: /:1: fi without if/ },
  { story: 'else alone', script: 'else\n', status: 1, complains: /:1: else without if/ },
  { story: 'if alone', script: 'if\n', status: 1, complains: /:1: if without a command/ },
  { story: 'an unknown use of $', script: 'echo $A\n', status: 1, complains: /:1: a \$ must/ },
  {
    story: 'an unknown operator',
    script: 'echo ${A:+b}\n',
    status: 1,
    complains: /only \$\{NAME\}/
  },
  { story: 'a variable without end', script: 'echo ${A\n', status: 1, complains: /a \$ must/ },
  { story: 'two assignments', script: 'A=b C=d\n', status: 1, complains: /one assignment/ },
  { story: 'a NUL', script: 'echo a\0b\n', status: 1, complains: /not a script/ },
  { story: 'a backslash at the end', script: 'echo a\\', status: 1, complains: /ends in a back/ },
  {
    story: 'an unknown option of set',
    script: 'set -q\n',
    status: 1,
    complains: /option of set: -q/
  }
]

for (const toolchain of toolchains()) {
  describe.skipIf(toolchain.missing !== undefined)(`kaem by ${toolchain.name}`, () => {
    it.each(cases)('runs: $story', ({ script, prints, status, complains, options }) => {
      inFolder((folder) => {
        put(folder, 'script', script)
        put(folder, 'sub/file', 'inside\n')
        const done = run(toolchain.tool('kaem'), ['--file', 'script', ...(options ?? [])], {
          cwd: folder,
          env: { OUTSIDE: 'from here' }
        })
        expect(done.stdout.toString().replaceAll(folder, 'HERE')).toBe(prints ?? '')
        expect(done.stderr).toMatch(complains ?? /^$/)
        expect(done.status).toBe(status ?? 0)
      })
    })

    it('runs kaem.run, and itself', () => {
      inFolder((folder) => {
        const kaem = toolchain.tool('kaem')
        put(folder, 'kaem.run', `echo outer\n${kaem} -f inner -- x\necho end\n`)
        put(folder, 'inner', 'echo inner $@\n')
        const done = run(kaem, [], { cwd: folder })
        expect(done.stdout.toString()).toBe('outer\ninner x\nend\n')
      })
    })

    it('finds commands by PATH as the script sets it', () => {
      inFolder((folder) => {
        put(folder, 'bin/mine', '#!/bin/sh\necho mine\n', 0o755)
        put(folder, 'other/mine', 'not executable\n')
        put(folder, 'kaem.run', `PATH=${folder}/absent:${folder}/other:${folder}/bin\nmine\n`)
        expect(run(toolchain.tool('kaem'), [], { cwd: folder }).stdout.toString()).toBe('mine\n')
      })
    })

    it('says what is wrong with its command line', () => {
      expect(run(toolchain.tool('kaem'), ['--what']).stderr).toMatch(/unknown argument --what/)
      expect(run(toolchain.tool('kaem'), ['--file']).stderr).toMatch(/--file needs a value/)
      expect(run(toolchain.tool('kaem'), ['-f', '/absent']).stderr).toMatch(/cannot open \/absent/)
    })

    it('runs a script of a hundred thousand lines', () => {
      inFolder((folder) => {
        put(folder, 'kaem.run', 'A=x${A}\nunset A\n'.repeat(50_000) + 'echo done')
        expect(run(toolchain.tool('kaem'), [], { cwd: folder }).stdout.toString()).toBe('done\n')
      })
    })
  })
}

function put(folder: string, path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text, { mode })
}
