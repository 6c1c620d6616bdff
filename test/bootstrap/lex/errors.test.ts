import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { has, translate } from './toolchain.js'

/** Rules, and the line and the words that they are refused with. */
const refused: readonly (readonly [rules: string, line: number, what: string])[] = [
  ['a b\n', 2, 'there is no line %% before the rules'],
  ['%{\ncode\n', 1, 'the closing %} is missing'],
  ['\n/* never\n\n', 2, 'the comment does not end'],
  ['%top{\n', 1, 'not understood: %top{'],
  ['%option nodefault yylineno\n', 1, 'an option that is not understood: yylineno'],
  ['%x A\n%s B A\n', 2, 'declared twice: A'],
  ['%x 1\n', 1, 'a name is missing'],
  ['A a\nA b\n', 2, 'defined twice: A b'],
  ['%%\n"abc\n', 2, 'the closing " is missing'],
  ['%%\n[a-\n', 2, 'the closing ] is missing'],
  ['%%\n[z-a] ;\n', 2, 'a range ends before it begins'],
  ['%%\n[[:word:]] ;\n', 2, 'there is no such class of characters'],
  ['%%\n(a ;\n', 2, 'the closing ) is missing'],
  ['%%\na) ;\n', 2, 'the pattern should end here: ) ;'],
  ['%%\n*a ;\n', 2, 'a pattern is missing'],
  ['%%\na| ;\n', 2, 'a pattern is missing'],
  ['%%\na\\\n', 2, 'nothing stands behind \\'],
  ['%%\na{2 ;\n', 2, 'the closing } is missing'],
  ['%%\na{1,x} ;\n', 2, 'a number is missing in {}'],
  ['%%\na{3,2} ;\n', 2, 'such a number of repetitions cannot be'],
  ['%%\na{99999} ;\n', 2, 'too many repetitions'],
  ['%%\n((a{9999}){9999}){9999} ;\n', 2, 'the patterns are too large'],
  ['%%\na {\n\n', 2, 'the closing } of an action is missing'],
  ['%%\n{no} ;\n', 2, 'there is no definition of the name in {}'],
  ['%%\n{a ;\n', 2, 'a name and } should follow {'],
  ['A a b\n%%\n\n{A} ;\n', 4, 'a definition has to be one pattern; it ends at  b'],
  ['A ^a\n%%\n{A} ;\n', 3, 'a definition that begins with ^ is not understood'],
  ['A {A}\n%%\n{A} ;\n', 3, 'a pattern or a definition is nested too deeply'],
  ['%%\na+/b+ ;\n', 2, 'both sides of / vary in length'],
  ['%%\n<NO>a ;\n', 2, 'not declared: NO>a ;'],
  ['%x A\n%%\n<A a ;\n', 3, 'the closing > is missing'],
  ['%x A\n%%\n<A>{\na ;\n', 5, 'the closing } of a start condition is missing'],
  ['%x A\n%%\n<A><<EOF>> ;\n<A><<EOF>> ;\n', 4, 'a second <<EOF>> for the same start condition'],
  ['%%\na | b\n', 2, 'nothing else may follow the action |'],
  ['%%\na |\n', 3, 'no action follows the last |'],
  ['%%\na\0 ;\n', 2, 'there is a byte 0 in it']
]

/** Everything that lex knows, for spoiling. */
const sample = `%{
int count;
%}
%option stack caseless
%x A B
%s C
NAME [[:alpha:]_][^]x-z\\n]*
%%
  int local = 0;
^"if"$ { count++; /* } */ puts("}"); }
{NAME}{2,3} |
a(b|c)/d+e{2} yyless(1);
<A,B>{ /* both */
  \\x41? BEGIN(INITIAL);
  <C>.|\\n ;
  <<EOF>> yyterminate();
}
<*>"\\"" ECHO;
%%
int yywrap(void) { return 1; }
`

const marks = '{ } [ ] ( ) < > " \\ / | % ^ $ * \n - , 9 a A'.split(' ')

/** A sample with some of its bytes left out, doubled or replaced. */
const spoiled = fc
  .array(fc.tuple(fc.nat(sample.length), fc.nat(3), fc.constantFrom(...marks)))
  .map((edits) =>
    edits.reduce(
      (text, [at, length, by]) => text.slice(0, at) + by + text.slice(at + length),
      sample
    )
  )

describe.skipIf(!has('gcc'))('lex', () => {
  it('takes the sample that is spoiled below', () => {
    expect(translate(sample)).toMatchObject({ status: 0, stderr: '' })
  })

  it.for(refused)('refuses %j in line %i: %s', ([rules, line, what]) => {
    const { status, stderr } = translate(rules)
    expect([status, stderr]).toEqual([1, `lex: rules.l:${line}: ${what}\n`])
  })

  it('refuses patterns that need too many states', () => {
    expect(translate('%%\n(a|b)*a(a|b){20} ;\n')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the patterns need too many states') as string
    })
  })

  it('ends well or with a place, whatever it reads', () => {
    fc.assert(
      fc.property(spoiled, (rules) => {
        const { status, stderr } = translate(rules)
        if (status === 0) expect(stderr).toBe('')
        else
          expect([status, stderr]).toEqual([1, expect.stringMatching(/^lex: rules\.l:\d+: .+\n$/s)])
      }),
      { numRuns: 150 }
    )
  })

  it('writes the same for the same rules', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const rules = `%%\n"${text.replace(/["\\\n\0]/g, '')}" ;\n`
        expect(translate(rules)).toEqual(translate(rules))
      }),
      { numRuns: 5 }
    )
  })
})
