import fc from 'fast-check'

/** What the random programs declare: variables of every kind, and a function to call. */
const declarations = `
struct Part { char k; int m; int v[2]; struct Part* p; };
int g; int h; char c; int t[4]; struct Part s; struct Part* w; int* q;

int mix(int a, char b, int d) { return a * 3 ^ b + d; }

void reset() {
    g = 1000003; h = -77; c = -100; s.k = 99; s.m = 5; s.v[0] = -1; s.v[1] = 2147483647;
    t[0] = 1 << 31; t[1] = 12; t[2] = -12345; t[3] = 255;
    s.p = &s; w = &s; q = t + 1;
}

void show() {
    num(g); num(h); num(c); num(t[0]); num(t[1]); num(t[2]); num(t[3]);
    num(s.k); num(s.m); num(s.v[0]); num(s.v[1]); num(q - t); num(w == &s);
}
`

const number = fc
  .oneof(
    fc.constantFrom(0, 1, 2, 7, 31, 127, 128, 255, 256, 32767, 65535, 65536, 2147483647),
    fc.integer({ min: 0, max: 2147483647 })
  )
  .chain((value) =>
    fc.constantFrom(String(value), `(-${value})`, `0x${(value % 4096).toString(16)}`)
  )

const comparison = fc.constantFrom('==', '!=', '<', '>', '<=', '>=')
const arithmetic = fc.constantFrom('+', '-', '*', '&', '|', '^', '&&', '||')
const pointers = fc.constantFrom('q', 't', '&t[2]', '(t + 3)', '(q - 1)')

/**
 * Expressions of type int without side effects, and variables; neither divides by zero. They do not divide by 1:
 * GCC 12 makes `a / -b` of `-(a / b)`, whose program traps where a is the least int and b is 1. Statements do.
 */
const phrases = fc.letrec<{ expression: string; variable: string; wrapped: string }>((tie) => ({
  variable: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('g', 'h', 'c', 'x', 'y', 'z', 's.m', 's.k', 'w->m', 'w->p->k', '*q', 'q[1]'),
    tie('expression').map((index) => `t[(${index}) & 3]`),
    tie('expression').map((index) => `w->p->v[(${index}) & 1]`),
    tie('expression').map((index) => `*(t + ((${index}) & 3))`)
  ),
  wrapped: tie('expression').map((inner) => `(${inner})`),
  expression: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    number,
    tie('variable'),
    fc.tuple(fc.constantFrom('-', '~', '!', '(char) ', '(int) '), tie('wrapped')).map(concat),
    fc.tuple(tie('expression'), arithmetic, tie('expression')).map(spaced),
    fc.tuple(tie('wrapped'), fc.oneof(arithmetic, comparison), tie('wrapped')).map(spaced),
    fc.tuple(pointers, comparison, pointers).map((all) => `(${spaced(all)})`),
    fc.tuple(pointers, pointers).map(([a, b]) => `(${a} - ${b})`),
    fc.tuple(tie('wrapped'), fc.constantFrom('/', '%'), tie('wrapped')).map(([a, sign, b]) => {
      return `${a} ${sign} ((${b} & 127) + 2)`
    }),
    fc.tuple(tie('wrapped'), fc.constantFrom('<<', '>>'), tie('wrapped')).map(([a, sign, b]) => {
      return `(${a} ${sign} (${b} & 31))`
    }),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map((all) => {
      return `mix(${all.join(', ')})`
    })
  )
}))

function concat(parts: readonly string[]): string {
  return parts.join('')
}

function spaced(parts: readonly string[]): string {
  return parts.join(' ')
}

const assigning = fc.constantFrom('=', '=', '+=', '-=', '*=', '&=', '|=', '^=')
const stepping = fc.constantFrom('q = t + 1;', 'q = &t[2];', 'q++; --q;', 'q += 1; q -= 1;')

/** A statement that changes variables. What ++ and -- give goes to r, which no expression has in it. */
const change = fc.oneof(
  fc
    .tuple(phrases.variable, assigning, phrases.expression)
    .map(([to, sign, from]) => `${to} ${sign} ${from};`),
  fc.tuple(phrases.variable, phrases.expression).map(([to, by]) => `${to} /= ((${by}) & 127) + 1;`),
  fc.tuple(phrases.variable, phrases.expression).map(([to, by]) => `${to} <<= (${by}) & 31;`),
  fc
    .tuple(phrases.variable, fc.constantFrom('++', '--'))
    .map(([to, sign]) => `r = (${to})${sign};`),
  fc.tuple(fc.constantFrom('++', '--'), phrases.variable).map(([sign, to]) => `r = ${sign}${to};`),
  phrases.expression.map((expression) => `num(${expression});`),
  stepping
)

const leave = fc
  .tuple(phrases.expression, fc.constantFrom('break', 'continue'))
  .map(([when, how]) => `if (${when}) ${how};`)

/** Statements that end, some with others inside of them, in a loop or not. `depth`: how many are around. */
function statement(depth: number, inLoop: boolean): fc.Arbitrary<string> {
  const simple = inLoop ? fc.oneof({ weight: 4, arbitrary: change }, leave) : change
  if (depth === 2) return simple
  const loop = block(depth + 1, true)
  const branch = block(depth + 1, inLoop)
  const i = `i${depth}`
  return fc.oneof(
    { weight: 5, arbitrary: simple },
    fc
      .tuple(phrases.expression, branch, branch)
      .map(([when, a, b]) => `if (${when}) ${a} else ${b}`),
    fc.tuple(fc.integer({ min: 0, max: 3 }), loop).map(([times, inner]) => {
      return `for (${i} = 0; ${i} < ${times}; ${i}++) ${inner}`
    }),
    fc.tuple(phrases.expression, loop).map(([when, inner]) => {
      return `${i} = 3; while (${i}-- > 0 && (${when})) ${inner}`
    })
  )
}

function block(depth: number, inLoop: boolean): fc.Arbitrary<string> {
  return fc.array(statement(depth, inLoop), { maxLength: 4 }).map((all) => `{ ${all.join(' ')} }`)
}

/** A program that prints the values of random expressions. */
export const expressionProgram = fc
  .array(phrases.expression, { minLength: 20, maxLength: 20 })
  .map((all) => program(all.map((expression) => `num(${expression});`)))

/** A program that changes its variables in random ways, and prints them. */
export const statementProgram = fc
  .array(statement(0, false), { minLength: 5, maxLength: 15 })
  .map((all) => program([...all, 'show(); num(x); num(y); num(z); num(r);']))

function program(lines: readonly string[]): string {
  const start = 'int x = 3; char y = 200; int z = -9; int r = 0; int i0; int i1; reset();'
  return `${declarations}\nint main() {\n${start}\n${lines.join('\n')}\nreturn 0;\n}\n`
}
