import { describe, expect, it } from 'vitest'
import { run } from '../../tools/workplace.js'
import { has, scannerByFlex, scannerByLex } from './toolchain.js'

/** Rules between a head that prints each token as NUMBER(TOKEN), and a main program. */
function program(rules: string, definitions = ''): string {
  return `%{
#define T(n) printf("%d(%s)", n, yytext)
%}
${definitions}
%%
${rules}
%%
int yywrap(void) { return 1; }
int main(void) { return yylex(); }
`
}

interface Case {
  readonly story: string
  readonly rules: string
  readonly definitions?: string
  readonly input: string
  readonly output: string
}

const cases: readonly Case[] = [
  {
    story: 'the longest match, and of two as long the first rule',
    rules: 'if T(1);\n[a-z]+ T(2);\n[a-z]+[0-9] T(3);',
    input: 'if iffy if1',
    output: '1(if) 2(iffy) 3(if1)'
  },
  {
    story: 'repetitions',
    rules:
      'a*b T(1);\na+ T(2);\nc?d T(3);\ne{3} T(4);\nf{2,} T(5);\ng{1,2} T(6);\n(hi){0,2}j T(7);',
    input: 'aab aa cd d eeee ff f ggg hihij j',
    output: '1(aab) 2(aa) 3(cd) 3(d) 4(eee)e 5(ff) f 6(gg)6(g) 7(hihij) 7(j)'
  },
  {
    story: 'classes, ranges and escapes',
    rules:
      '[]x]+ T(1);\n"a\\tb*" T(2);\n[^]x \\n5]+ T(3);\n[[:digit:]_-]+ T(4);\n5\\x41\\102 T(5);',
    input: 'x]x 5_- 5AB a\tb* z[',
    output: '1(x]x) 4(5_-) 5(5AB) 2(a\tb*) 3(z[)'
  },
  {
    story: 'definitions, which stand in parentheses',
    definitions: 'A ab|c\nB {A}+d  ',
    rules: '{B} T(1);\n{A}x T(2);',
    input: 'abccd cx abx ',
    output: '1(abccd) 2(cx) 2(abx) '
  },
  {
    story: 'beginnings and ends of lines, and what has to follow',
    rules: '^a T(1);\na$ T(2);\na T(3);\nb/c+ T(4);\nd+/ef T(5);\n. T(0);',
    input: 'aa\naba\nbcc ddefde',
    output: '1(a)2(a)\n1(a)0(b)2(a)\n4(b)0(c)0(c)0( )5(dd)0(e)0(f)0(d)0(e)'
  },
  {
    story: 'start conditions, in scopes and one in the other',
    definitions: '%x STRING INNER\n%s MORE',
    rules: `\\" BEGIN(STRING);
m BEGIN(MORE);
<MORE>n T(1);
<STRING>{ /* of a string */
  \\" BEGIN INITIAL;
  [^"i]+ T(2);
  i { yy_push_state(INNER);
    }
  <INNER>o T(3);
}
<INNER>. yy_pop_state(); T(4);
<*>z T(5);`,
    input: 'n"abo"mnz"z iox"',
    output: 'n2(abo)1(n)5(z)2(z )3(o)4(x)'
  },
  {
    story: 'actions: | and braces, strings and comments over lines',
    rules: `a |
b |
c { if (yytext[0] == '}') /* } */ puts("}");
    T(3); }
d %{
  T(4);
%}
e
f T(6); /* the last
           line */`,
    input: 'abcdef',
    output: '3(a)3(b)3(c)4(d)6(f)'
  },
  {
    story: 'yyless, yymore, unput and input',
    rules: `abc yyless(1); T(1);
x yymore();
y T(2);
u { int i; for (i = 0; i < 3; i++) unput('v'); }
v T(3);
q { int c = input(); printf("<%c>", c); }
[bc] T(4);`,
    input: 'abcxyuqr',
    output: '1(a)4(b)4(c)2(xy)3(v)3(v)3(v)<r>'
  },
  {
    story: 'the end of the file, in a condition of its own and in all others',
    definitions: '%x A',
    rules:
      'a BEGIN(A);\n<A>. T(1);\n<A><<EOF>> puts("in A"); yyterminate();\n<<EOF>> puts("end"); return 0;',
    input: 'ab',
    output: '1(b)in A\n'
  },
  {
    story: 'the other case, where it does not matter',
    definitions: '%option caseless',
    rules: 'select T(1);\n[^a]b T(2);\n[a-c]+ T(3);',
    input: 'SeLecT Ab xB ABC',
    output: '1(SeLecT) 3(Ab) 2(xB) 3(ABC)'
  },
  {
    story: 'code before the first rule',
    rules: '  int seen = 0;\na seen++;\n. printf("%d", seen);\n',
    input: 'aab',
    output: '2'
  }
]

describe.skipIf(!has('gcc'))('a scanner by lex knows', () => {
  it.for(cases)('$story', ({ rules, definitions, input, output }) => {
    const done = run(scannerByLex(program(rules, definitions)), [], { input })
    expect([done.status, done.stdout.toString('latin1')]).toEqual([0, output])
  })

  it('tokens longer than what is read at once', () => {
    const long = 'a'.repeat(100_000)
    const scanner = scannerByLex(program('a+ printf("%d", yyleng);\nb+ yyless(1); T(2);'))
    expect(run(scanner, [], { input: `${long}bb` }).stdout.toString()).toBe('1000002(b)2(b)')
  })
})

describe.skipIf(!has('gcc', 'flex'))('a scanner by flex', () => {
  it.for(cases)('does the same: $story', ({ rules, definitions, input, output }) => {
    const text = program(rules, `%option stack\n${definitions ?? ''}`)
    expect(run(scannerByFlex(text), [], { input }).stdout.toString('latin1')).toBe(output)
  })
})
