/** A program that cc2 must refuse, and the line and message it must refuse it with. */
export interface BadProgram {
  readonly story: string
  readonly source: string
  readonly error: string
}

const bad = (story: string, source: string, error: string): BadProgram => ({
  story,
  source,
  error
})

const body = (line: string): string => `int main(void)\n{\n    ${line}\n}\n`

const inLexer = [
  bad('a comment without end', 'int a;\n/* and so on\n', '2: error: the comment has no end'),
  bad(
    'a string without end',
    'char *s = "text\n;',
    '1: error: the quote is not closed on its line'
  ),
  bad('an unknown escape', body("int a = '\\q';"), '3: error: unknown escape sequence'),
  bad('an empty character', body("int a = '';"), '3: error: the character constant is empty'),
  bad('a number with letters', body('int a = 12ab;'), "3: error: not a number: '12ab'"),
  bad('an octal nine', body('int a = 019;'), "3: error: not a number: '019'"),
  bad(
    'a huge number',
    body('int a = 99999999999999999999;'),
    '3: error: the integer constant is too large'
  ),
  bad('a stray character', body('int a = @;'), "3: error: expected an expression instead of: '@'"),
  bad(
    'a control character, whose number could be a kind of token',
    'int a;\n\u0002\n',
    '2: error: a control character is no part of C'
  ),
  bad('a zero byte', 'int a;\0', 'error: the file has a zero byte: it is not C source')
]

const inPreprocessor = [
  bad('#error', '\n#error no "way"\n', '2: error: #error: \'"no \\"way\\""\''),
  bad('an unknown directive', '#assert x\n', "1: error: unknown directive: 'assert'"),
  bad('a pragma that changes meaning', '#pragma pack(1)\n', "1: error: unsupported pragma: 'pack'"),
  bad('a missing file', '#include "none.h"\n', "1: error: cannot find the included file: 'none.h'"),
  bad(
    'a file that includes itself',
    '#include "bad.c"\n',
    '1: error: #include is nested too deeply'
  ),
  bad('#if without #endif', 'int a;\n#if 1\nint b;\n', '2: error: the #if has no #endif'),
  bad('a skipped #if without #endif', '#if 0\n#if 1\n#endif\n', '1: error: the #if has no #endif'),
  bad('#endif without #if', '\n#endif\n', '2: error: #endif without #if'),
  bad('#else twice', '#if 0\n#else\n#else\n#endif\n', '3: error: #else after #else'),
  bad(
    'an #if that divides by zero',
    '#if 1 / 0\n#endif\n',
    '1: error: #if: the expression has no constant value'
  ),
  bad('an #if with rubbish behind', '#if 1 2\n#endif\n', "1: error: #if: unexpected: '2'"),
  bad('an empty #if', '#if\n#endif\n', '1: error: #if without an expression'),
  bad('floating point in #if', '#if 1.0\n#endif\n', '1: error: #if cannot use floating point'),
  bad(
    'another definition',
    '#define A 1\n#define A 2\n',
    "2: error: the macro is already defined differently: 'A'"
  ),
  bad(
    'too many macro arguments',
    '#define f(a) a\nint x = f(1, 2);\n',
    "2: error: too many arguments for the macro: 'f'"
  ),
  bad(
    'too few macro arguments',
    '#define f(a, b) a\nint x = f(1);\n',
    "2: error: too few arguments for the macro: 'f'"
  ),
  bad(
    'macro arguments without end',
    '#define f(a) a\nint x = f(1;\n',
    "the macro's argument list has no end"
  ),
  bad(
    '## that makes no token',
    '#define f(a) + ## a\nint x = 1 f(2);\n',
    "2: error: ## does not make one token: '+2'"
  ),
  bad('# without a parameter', '#define f(a) #b\n', '1: error: # needs a parameter after it')
]

const inDeclarations = [
  bad('no type', 'x = 5;\n', "1: error: expected a type instead of: 'x'"),
  bad('two types', 'int char x;\n', '1: error: two types in one declaration'),
  bad(
    'an impossible type',
    'unsigned float x;\n',
    "1: error: 'signed' and 'unsigned' do not go with that type"
  ),
  bad('a void object', 'void x;\n', "1: error: an object of type void: 'x'"),
  bad('another type', 'int x;\nchar x;\n', "2: error: declared differently before: 'x'"),
  bad('two definitions', 'int x = 1;\nint x = 2;\n', "2: error: defined twice: 'x'"),
  bad(
    'two functions',
    'int f(void) { return 1; }\nint f(void) { return 2; }\n',
    "2: error: defined twice: 'f'"
  ),
  bad('two locals', body('int a; char a;'), "3: error: declared twice: 'a'"),
  bad(
    'an incomplete object',
    'struct s;\nvoid f(void) { struct s x; }\n',
    '2: error: the type is incomplete here'
  ),
  bad(
    'a variable-length array',
    'void f(int n)\n{\n    int a[n];\n}\n',
    '3: error: a constant integer is expected'
  ),
  bad('an array of functions', 'int f[2](void);\n', '1: error: an array of functions'),
  bad('a negative size', 'int a[-1];\n', "1: error: an array's size is negative"),
  bad(
    'an array larger than memory',
    'int a[1 << 20][1 << 20];\n',
    '1: error: the array is too large'
  ),
  bad(
    'an attribute that changes meaning',
    'struct s { char a; int b; } __attribute__((packed));\n',
    "1: error: unsupported attribute: 'packed'"
  ),
  bad(
    'a tag of another kind',
    'struct s { int a; };\nunion s x;\n',
    "2: error: the tag is of another kind: 's'"
  ),
  bad(
    'two members of one name',
    'struct s { int a; char a; };\n',
    '1: error: two members of the same name'
  ),
  bad(
    'a wide bit-field',
    'struct s { int a : 33; };\n',
    '1: error: the bit-field is wider than its type'
  ),
  bad(
    'a parameter without a name',
    'int f(int) { return 0; }\n',
    '1: error: a parameter of a defined function needs a name'
  ),
  bad(
    'an old-style definition',
    'int f(a) int a; { return a; }\n',
    "1: error: expected a parameter's type instead of: 'a'"
  ),
  bad('an asm', '__asm__("nop");\n', "1: error: expected a type instead of: '__asm__'")
]

const inExpressions = [
  bad('an undeclared name', body('return x;'), "3: error: undeclared name: 'x'"),
  bad('an undeclared function', body('return f(1);'), "3: error: undeclared name: 'f'"),
  bad('an assignment to a number', body('5 = 6;'), '3: error: only an object can be assigned to'),
  bad(
    'an assignment to an array',
    'int a[2], b[2];\nvoid f(void) { a = b; }\n',
    '2: error: arrays and functions cannot be assigned to'
  ),
  bad('the address of a sum', body('int a; &(a + 1);'), '3: error: only an object has an address'),
  bad(
    'the address of a bit-field',
    'struct { int a : 2; } s;\nint *f(void) { return &s.a; }\n',
    '2: error: a bit-field has no address'
  ),
  bad(
    'an unknown member',
    'struct { int a; } s;\nint f(void) { return s.b; }\n',
    "2: error: the structure has no member: 'b'"
  ),
  bad(
    'a member of a number',
    body('int a; a.b;'),
    "3: error: not a structure, so it has no member: 'b'"
  ),
  bad('a number followed', body('int a; *a;'), '3: error: only a pointer can be followed'),
  bad('a number called', body('int a; a();'), '3: error: only a function can be called'),
  bad(
    'too many arguments',
    'int f(int);\nint g(void) { return f(1, 2); }\n',
    '2: error: too many arguments'
  ),
  bad(
    'too few arguments',
    'int f(int, int);\nint g(void) { return f(1); }\n',
    '2: error: too few arguments'
  ),
  bad(
    'a structure as a number',
    'struct s { int a; } s;\nint f(void) { return s + 1; }\n',
    '2: error: the operands have the wrong type'
  ),
  bad(
    'a structure as a condition',
    'struct s { int a; } s;\nint f(void) { return !s; }\n',
    '2: error: a condition needs a number or a pointer'
  ),
  bad(
    'a sum of pointers',
    'int f(int *p, int *q) { return p + q; }\n',
    '1: error: pointers cannot be added'
  ),
  bad(
    'a remainder of doubles',
    'double f(double a) { return a % 2; }\n',
    '1: error: the operands must be integers'
  ),
  bad(
    'a void value',
    'void g(void);\nint f(void) { return g() + 1; }\n',
    '2: error: the operands have the wrong type'
  ),
  bad(
    'a statement expression',
    body('return ({ 1; });'),
    "3: error: expected an expression instead of: '{'"
  ),
  bad(
    'an initialiser that is not constant',
    'int f(void);\nint a = f();\n',
    "2: error: a static object's initialiser must be constant"
  ),
  bad(
    'too many initialisers',
    'int a[2] = { 1, 2, 3 };\n',
    '1: error: too many initialisers for the array'
  ),
  bad('too long a string', 'char a[2] = "abc";\n', '1: error: the string is longer than its array'),
  bad(
    'an index beyond the array',
    'int a[2] = { [2] = 1 };\n',
    '1: error: the index is outside of the array'
  ),
  bad(
    'a structure with an open array',
    'struct { int n; int a[]; } s = { 1, { 2 } };\n',
    "1: error: a structure's open array cannot be initialised"
  ),
  bad(
    'va_arg of a char',
    'int f(int n, ...) { __builtin_va_list l; return __builtin_va_arg(l, char); }\n',
    '1: error: no argument is passed in that type'
  )
]

const inStatements = [
  bad(
    'a missing semicolon',
    body('int a = 1\n    int b;'),
    "4: error: expected ';' or ',' instead of: 'int'"
  ),
  bad('a missing brace', 'int main(void)\n{\n    if (1) {\n}\n', "error: a '}' is missing"),
  bad('a missing parenthesis', body('return (1 + 2;'), "3: error: expected ')' instead of: ';'"),
  bad('an unknown label', body('goto nowhere;'), "3: error: the label is not defined: 'nowhere'"),
  bad('a label twice', body('a: ; a: ;'), "3: error: the label is defined twice: 'a'"),
  bad('a stray break', body('break;'), "3: error: 'break' outside of a loop or switch"),
  bad(
    'a stray continue',
    body('switch (1) { case 1: continue; }'),
    "3: error: 'continue' outside of a loop"
  ),
  bad('a stray case', body('case 1: ;'), "3: error: 'case' outside of a switch"),
  bad('a case twice', body('switch (1) { case 1: case 1: ; }'), '3: error: the same case twice'),
  bad(
    'a case that varies',
    body('int n = 1; switch (1) { case n: ; }'),
    "3: error: a case's value must be a constant integer"
  ),
  bad('a stray else', body('else ;'), "3: error: 'else' without 'if'"),
  bad(
    'a value from a void function',
    'void f(void) { return 1; }\n',
    '1: error: the function returns nothing'
  ),
  bad(
    'a function without its value',
    'int f(void) { return; }\n',
    '1: error: the function returns a value'
  ),
  bad(
    'a function in a function',
    body('int f(void) { return 1; }'),
    "3: error: expected ';' or ',' instead of: '{'"
  )
]

const inProgram = [
  bad(
    'a function that nothing defines',
    'void __start(int *s);\nint f(void);\nvoid __start(int *s) { f(); }\n',
    "nothing defines: 'f'"
  ),
  bad(
    'a program that nothing starts',
    'int main(void) { return 0; }\n',
    "nothing defines: '__start'"
  )
]

const many = 100_000

const tooMuch = [
  bad('too many parentheses', `int x = ${'('.repeat(many)}1;`, '1: error: nested too deeply'),
  bad('too many signs', `int x = ${'- '.repeat(many)}1;`, '1: error: nested too deeply'),
  bad('too many braces', `void f(void) ${'{'.repeat(many)}`, '1: error: nested too deeply'),
  bad('too many stars in parentheses', `int ${'(*'.repeat(many)}x;`, '1: error: nested too deeply'),
  bad('too many structures', 'struct { '.repeat(many), '1: error: nested too deeply'),
  bad('too many initialisers within', `int x = ${'{'.repeat(many)}`, '1: error: nested too deeply'),
  bad(
    'too many assignments',
    body(`int a; ${'a = '.repeat(many)}1;`),
    '3: error: nested too deeply'
  ),
  bad(
    'too many choices',
    body(`return ${'1 ? 2 : '.repeat(many)}3;`),
    '3: error: nested too deeply'
  ),
  bad('too many ifs', body('if (1); else '.repeat(many)), '3: error: nested too deeply'),
  bad(
    'too long a sum',
    body(`int a; return a${' + a'.repeat(many)};`),
    '3: error: the expression is too long'
  ),
  bad(
    'too much memory',
    `#define f(x) x x\nint a = ${'f('.repeat(64)}1${')'.repeat(64)};`,
    'error: the program needs more memory'
  ),
  bad(
    'an enumeration beyond int',
    'enum { A = 0x80000000 };\n',
    '1: error: the constant does not fit an int'
  ),
  bad(
    'a wide string beyond ASCII',
    'int a[] = L"é";\n',
    '1: error: a wide string of other than ASCII'
  )
]

/** Every way of being wrong that has a message of its own, or nearly. */
export const badPrograms: readonly BadProgram[] = [
  ...inLexer,
  ...inPreprocessor,
  ...inDeclarations,
  ...inExpressions,
  ...inStatements,
  ...inProgram,
  ...tooMuch
]
