import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withChain } from '../chain.js'
import { runsI386 } from '../steps.js'
import { cc1, run, type Ended } from './compile.js'

/** What cc1 says to a program of one file. There must be no output. */
async function complaint(source: string): Promise<Ended> {
  let ended: Ended | undefined
  await withChain((folder) => {
    writeFileSync(join(folder, 'p.c'), source, 'latin1')
    ended = cc1(folder, ['p.c'])
    expect(existsSync(join(folder, 'program.M1'))).toBe(false)
  })
  if (ended === undefined) throw new Error('cc1 was not run')
  return ended
}

/** Statements in a main that has an int x, a char* s, a struct S t and an array a. */
const inMain = (statements: string): string =>
  `struct S { int m; }; struct U; int f(int a) { return a; } void v() {}\n` +
  `int main() { int x; char* s; struct S t; int a[3]; struct U* u;\n${statements}\nreturn 0; }`

const missing = 'there is no value in front of'
const noVariable = 'there is no variable in front of'
const noExpression = 'an expression is missing in front of'

describe.skipIf(!runsI386())('cc1 refuses', () => {
  it.each([
    ['a name that is not declared', 'y = 1;', 'not declared', 'y'],
    ['a missing semicolon', 'x = 1 }', 'expected ;', '}'],
    ['a missing parenthesis', 'x = (1;', 'expected )', ';'],
    ['a missing operand', 'x = 1 + ;', noExpression, ';'],
    ['an assignment to a number', '1 = x;', noVariable, '='],
    ['an assignment to a sum', 'x + 1 = x;', noVariable, '='],
    ['an assignment to an array', 'a = 0;', missing, '='],
    ['an assignment of structures', 't = t;', missing, '='],
    ['a structure as an operand', 'x = t + 1;', missing, '+'],
    ['a structure as an argument', 'f(t);', missing, ')'],
    ['the value of a void function', 'x = v();', missing, ';'],
    ['an increment of a number', '5++;', noVariable, '++'],
    ['an increment of a structure', 't++;', missing, '++'],
    ['the address of a number', 'x = &5;', noVariable, ';'],
    ['the address of a sum', 'x = &(x + 1);', noVariable, ';'],
    ['a number as a pointer', 'x = *x;', 'there is no pointer in front of', ';'],
    ['an index of a number', 'x = x[0];', 'there is no pointer in front of', ';'],
    ['a member of a number', 'x.m = 1;', 'there is no structure in front of the member', 'm'],
    ['a member of a pointer', 's.m = 1;', 'there is no structure in front of the member', 'm'],
    ['a member that is not there', 't.k = 1;', 'the structure has no such member', 'k'],
    ['a member of an unknown structure', 'u->k = 1;', 'the structure has no such member', 'k'],
    [
      'steps in an unknown structure',
      'u++;',
      'the size of the type is not known in front of',
      '++'
    ],
    ['a sum of pointers', 's = s + s;', 'two pointers are added in front of', ';'],
    ['too few arguments', 'f();', 'the wrong number of arguments in front of', ';'],
    ['too many arguments', 'f(1, 2);', 'the wrong number of arguments in front of', ';'],
    [
      'a system call of three',
      'syscall(1, 2, 3);',
      'the wrong number of arguments in front of',
      ';'
    ],
    ['a function without a call', 'x = f;', 'expected (', ';'],
    ['the size of an expression', 'x = sizeof(x);', 'a type is missing in front of', 'x'],
    ['the size of void', 'x = sizeof(void);', 'the size of the type is not known in front of', ')'],
    ['a variable without a type', 'unsigned y;', 'not declared', 'unsigned'],
    ['a variable declared twice', 'int x;', 'declared twice, in front of', ';'],
    ['a static variable', 'static int y;', 'a variable in a function cannot be', 'static'],
    ['two variables at once', 'int p, q;', 'expected ;', ','],
    [
      'a structure variable of unknown size',
      'struct U y;',
      'the size of the type is not known in front of',
      ';'
    ],
    ['a local array that is not constant', 'int b[x];', 'there is no constant in front of', ']'],
    ['an array of no elements', 'int b[0];', 'not a length for an array, in front of', ']'],
    ['an initialised array', 'int b[1] = 5;', missing, '='],
    [
      '9 MiB of variables',
      'char b[9000000];',
      "the function's variables are too large, in front of",
      ';'
    ],
    ['break outside of a loop', 'break;', 'there is no loop to leave or to go on with', 'break'],
    ['a value to return from nothing', '} void w() { return 1;', 'expected ;', '1'],
    ['nothing to return', 'return;', noExpression, ';'],
    ['switch', 'switch (x) {}', 'not declared', 'switch'],
    ['goto', 'goto x;', 'not declared', 'goto'],
    ['do', 'do x++; while (x < 3);', 'not declared', 'do'],
    ['the conditional operator', 'x = x ? 1 : 2;', 'expected ;', '?'],
    ['the comma operator', 'x = (1, 2);', 'expected )', ','],
    ['a union', 'union S y;', 'not declared', 'union'],
    ['a number with a letter', 'x = 12u;', 'not a number', '12'],
    ['a real number', 'x = 1.5;', 'a name is missing in front of', '5'],
    ['an octal number with an 8', 'x = 08;', 'not a number', '0'],
    ['a hexadecimal number without digits', 'x = 0x;', 'not a number', '0x'],
    ['a number of 2 to the 31', 'x = 2147483648;', 'the number is too large', '2147483648'],
    ['a number of 33 bits', 'x = 0x100000000;', 'the number is too large', '0x100000000'],
    ['an empty character', "x = '';", 'not a character', "''"],
    ['two characters', "x = 'ab';", 'not a character', "'ab"],
    ['an open character', "x = 'a;", 'not a character', "'a;"],
    ['an open text', 's = "abc;', 'the quotes are not closed on their line', '"abc;'],
    ['an unknown escape', 's = "\\q";', 'not an escape', '"\\q'],
    ['an escape that is too large', 's = "\\x100";', 'not an escape', '"\\x100'],
    ['a preprocessor line', '#include <stdio.h>', noExpression, '#'],
    ['a strange character', 'x = @;', noExpression, '@']
  ])('%s', async (_, statement, message, near) => {
    const where = message.startsWith('expected') ? ' in front of' : ''
    const stderr = `p.c:3: error: ${message}${where} '${near}'\n`
    expect(await complaint(inMain(statement))).toEqual({ status: 1, stdout: '', stderr })
  })

  it.each([
    [
      'a program without main',
      'int f() { return 0; }\n',
      'there is no main with up to three parameters',
      ''
    ],
    [
      'a main with four parameters',
      'int main(int a, int b, int c, int d) {}\n',
      'there is no main with up to three parameters',
      ''
    ],
    [
      'a main that is only declared',
      'int main();\n',
      'there is no main with up to three parameters',
      ''
    ],
    [
      'a function that is used and not defined',
      'int f();\nint main() { f(); }\n',
      'used, but not defined:',
      'f'
    ],
    ['a function defined twice', 'int f() {}\nint f() {}\n', 'declared twice, in front of', '{'],
    [
      'a function declared with another result',
      'int f();\nchar f() {}\n',
      'declared differently before, in front of',
      '{'
    ],
    [
      'a function declared with other parameters',
      'int f(int a);\nint f() {}\n',
      'declared differently before, in front of',
      '{'
    ],
    [
      'a function and a variable of one name',
      'int f;\nint f() {}\n',
      'declared differently before, in front of',
      '{'
    ],
    [
      'a function that gives back a structure',
      'struct S { int m; };\nstruct S f();\n',
      'a function cannot give back a structure, in front of',
      ';'
    ],
    [
      'a structure as a parameter',
      'struct S { int m; };\nint f(struct S s);\n',
      'not a parameter, in front of',
      's'
    ],
    ['void among parameters', 'int f(int a, void);\n', 'not a parameter, in front of', ')'],
    ['a parameter without a name', 'int f(int);\n', 'a name is missing in front of', ')'],
    [
      'a global variable of no size',
      'void x;\n',
      'the size of the type is not known in front of',
      ';'
    ],
    ['an initialised global variable', 'int x = 5;\n', 'expected ; in front of', '='],
    [
      'global variables of 128 MiB and more',
      'char x[134217729];\n',
      'the global variables are larger than 128 MiB, in front of',
      ';'
    ],
    [
      'an array that is larger than memory',
      'int x[1073741824];\n',
      'not a length for an array, in front of',
      ';'
    ],
    [
      'a structure in itself',
      'struct S { int m; struct S s; };\n',
      'the size of the type is not known in front of',
      ';'
    ],
    [
      'a structure defined twice',
      'struct S { int m; };\nstruct S { int m; };\n',
      'the structure has its members already, in front of',
      '{'
    ],
    ['an empty structure', 'struct S { };\n', 'the size of the type is not known in front of', ';'],
    [
      'a member of a name used before',
      'struct S { int m; char m; };\n',
      'the structure has this member already',
      'm'
    ],
    ['a structure without a name', 'struct { int m; } x;\n', 'a name is missing in front of', '{'],
    ['a constant that is declared twice', 'enum { A, A };\n', 'declared twice, in front of', '}'],
    [
      'a constant that is not constant',
      'int x;\nenum { A = x };\n',
      'there is no constant in front of',
      '}'
    ],
    ['a line outside of functions', 'x = 5;\n', 'a type is missing in front of', 'x'],
    ['a comment without an end', 'int x; /* comment\n', 'the comment has no end', '/*'],
    ['an open block', 'int main() { {\n', 'an expression is missing in front of', ''],
    [
      'a hundred thousand parentheses',
      `int main() {${'('.repeat(100_000)}`,
      'too many phrases inside of each other',
      '('
    ],
    [
      'a hundred thousand blocks',
      `int main() {${'{'.repeat(100_000)}`,
      'too many phrases inside of each other',
      '{'
    ]
  ])('%s', async (_, source, message, near) => {
    const ended = await complaint(source)
    expect(ended.status).toBe(1)
    expect(ended.stderr.replace(/^p\.c:\d+: error: /, '')).toBe(`${message} '${near}'\n`)
  })

  it.each([
    ['no arguments', [], 'usage: cc1 OUTPUT INPUT...'],
    ['no input', ['program.M1'], 'usage: cc1 OUTPUT INPUT...'],
    ['an input that is not there', ['program.M1', 'absent'], 'cannot read an input'],
    ['an output that cannot be made', ['absent/out', 'good.c'], 'cannot write the output']
  ])('%s', async (_, args, message) => {
    await withChain((folder) => {
      writeFileSync(join(folder, 'good.c'), 'int main() { return 0; }')
      const ended = run(folder, 'bin/cc1', args)
      expect(ended).toEqual({ status: 1, stdout: '', stderr: `cc1: ${message}\n` })
    })
  })

  it('names the file and the line, among several', async () => {
    await withChain((folder) => {
      writeFileSync(join(folder, 'a.c'), 'int a;\nint b;')
      writeFileSync(join(folder, 'b.c'), '\nint c;\n\n  int a;\n')
      writeFileSync(join(folder, 'c.c'), 'int main() {}\n')
      const { stderr } = cc1(folder, ['a.c', 'b.c', 'c.c'])
      expect(stderr).toBe("b.c:4: error: declared twice, in front of ';'\n")
    })
  })
})
