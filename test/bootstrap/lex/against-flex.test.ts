import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { run } from '../../tools/workplace.js'
import { has, scannerByFlex, scannerByLex } from './toolchain.js'

const letters = ['a', 'b', 'c', '[ab]', '[^a]', '.', '"bc"', '\\x63', '[[:alpha:]]']

/** Patterns that match no empty text, over few letters, so that many of them match the same. */
const pattern = fc.letrec<{ piece: string; all: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 1 },
    fc.constantFrom(...letters),
    fc.tuple(tie('all'), tie('all')).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie('piece'), fc.constantFrom('+', '{2}', '{1,3}', '{2,}'))
      .map(([a, times]) => `(${a})${times}`)
  ),
  all: fc
    .tuple(tie('piece'), fc.constantFrom('', '?', '*', '{0,2}'), tie('piece'))
    .map(([a, times, b]) => (times === '' ? a : `(${a})${times}${b}`))
})).all

/** A rule: it may be of one condition or of all, of a line's beginning or end, or want something to follow. */
const rule = fc
  .tuple(
    fc.constantFrom('', '<A>', '<*>', '<B,INITIAL>', '^'),
    pattern,
    fc.constantFrom('', '', '$', '/b', '/"ac"')
  )
  .map((parts) => parts.join(''))

const next = fc.constantFrom('', '', 'BEGIN(A);', 'BEGIN(B);', 'BEGIN(INITIAL);', 'yyless(1);')

function program(rules: readonly (readonly [string, string])[]): string {
  const lines = rules.map(([text, then], at) => `${text} printf("${at}(%s) ", yytext); ${then}`)
  return `%x A\n%s B\n%%\n${lines.join('\n')}\n<*>.|\\n ECHO;\n%%
int yywrap(void) { return 1; }
int main(void) { return yylex(); }
`
}

const input = fc.array(fc.constantFrom('a', 'b', 'c', 'a', 'b', 'c', '\n'), { maxLength: 60 })

describe.skipIf(!has('gcc', 'flex'))('a scanner by lex', () => {
  it('finds the tokens that one by flex finds', { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(rule, next), { minLength: 3, maxLength: 6 }),
        fc.array(input, { minLength: 8, maxLength: 8 }),
        (rules, inputs) => {
          const text = program(rules)
          const [ours, theirs] = [scannerByLex(text), scannerByFlex(text)]
          for (const letters of inputs) {
            const options = { input: letters.join('') }
            expect(run(ours, [], options)).toEqual(run(theirs, [], options))
          }
        }
      ),
      { numRuns: 4, endOnFailure: true }
    )
  })
})
