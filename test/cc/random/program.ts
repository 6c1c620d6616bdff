import { Chance } from './chance.js'
import { constant, realConstant } from './constant.js'
import { Expressions } from './expression.js'
import { integerTypes } from './integer-type.js'
import { Scope } from './scope.js'
import { Statements } from './statement.js'

/** What all programs of one file share. */
const preamble = `#include "show.h"

enum choice { FIRST, SECOND, THIRD, FOURTH = 10, FIFTH };
`

interface Function {
  readonly name: string
  readonly parameters: readonly string[]
}

/** A program of random functions, all of whose names begin with a prefix. */
class Program {
  private readonly chance: Chance
  private readonly expressions: Expressions
  private readonly prefix: string
  private readonly functions: Function[] = []
  private readonly globals = new Scope()

  constructor(seed: number, prefix: string) {
    this.chance = new Chance(seed)
    this.expressions = new Expressions(this.chance)
    this.prefix = prefix
  }

  text(): string {
    const lines = [...this.support(), ...this.structure(), ...this.objects()]
    const count = 2 + this.chance.below(3)
    for (let i = 0; i < count; i++) lines.push(...this.function(i))
    return [...lines, ...this.start()].join('\n')
  }

  /** The checksum, the fuel, and what keeps floating-point numbers small and short. */
  private support(): string[] {
    const p = this.prefix
    return [
      `static unsigned long long ${p}sum;`,
      `static int ${p}fuel = 300;`,
      `static void ${p}mix(unsigned long long n) { ${p}sum = (${p}sum ^ n) * 1099511628211ULL; }`,
      `static double ${p}bound(long double x) { return x < 1e6 && x > -1e6 ? (double)(long long)(x * 8) / 8 : 1.5; }`
    ]
  }

  private structure(): string[] {
    const type = (): string => this.chance.pick(integerTypes)
    // A _Bool with other bits than 0 or 1, written through the other member, would be undefined.
    const bits = integerTypes.filter((name) => name !== '_Bool')
    const shared = (): string => this.chance.pick(bits)
    const width = (limit: number): number => 1 + this.chance.below(limit)
    return [
      `struct ${this.prefix}s {`,
      `    ${type()} a;`,
      `    unsigned b : ${width(31)};`,
      `    int c : ${width(32)}, : ${this.chance.below(9)}, d : ${width(20)};`,
      `    ${type()} e[4];`,
      `    unsigned char f : ${width(8)};`,
      `    long long g : ${width(32)};`,
      `    union { ${shared()} h; ${shared()} i; };`,
      `    double j;`,
      `    _Bool k : 1;`,
      '};'
    ]
  }

  private objects(): string[] {
    const lines: string[] = []
    for (let i = 0; i < 5; i++) {
      const name = `${this.prefix}g${i}`
      lines.push(`static ${this.chance.pick(integerTypes)} ${name} = ${constant(this.chance)};`)
      this.globals.addInteger(name)
    }
    const array = `${this.prefix}array`
    const values = [0, 1, 2].map(() => constant(this.chance)).join(', ')
    lines.push(`static ${this.chance.pick(integerTypes)} ${array}[4] = { ${values} };`)
    this.globals.addInteger(`${array}[%]`)
    const real = `${this.prefix}real`
    lines.push(
      `static ${this.chance.pick(['float', 'double', 'long double'])} ${real} = ${realConstant(this.chance)};`
    )
    this.globals.addReal(real)
    return [...lines, ...this.structureObject()]
  }

  private structureObject(): string[] {
    const p = this.prefix
    const value = (): string => constant(this.chance)
    this.addMembers(this.globals, `${p}object.`)
    this.globals.addInteger(`(*${p}pointer)`)
    return [
      `static struct ${p}s ${p}object = { ${value()}, .c = ${value()}, ${value()}, { ${value()} }, .e[2] = ${value()}, .h = ${value()} };`,
      `static ${this.chance.pick(['int', 'short', 'unsigned char', 'long long'])} ${p}target, *${p}pointer = &${p}target;`
    ]
  }

  private addMembers(scope: Scope, path: string): void {
    for (const member of ['a', 'b', 'c', 'd', 'e[%]', 'f', 'g', 'h', 'i', 'k'])
      scope.addInteger(path + member)
    scope.addReal(`${path}j`)
  }

  private function(index: number): string[] {
    const p = this.prefix
    const name = `${p}f${index}`
    const scope = new Scope(this.globals)
    const parameters: string[] = []
    const add = (type: string): void => {
      const parameter = `p${parameters.length}`
      parameters.push(`${type} ${parameter}`)
      if (type.startsWith('struct'))
        this.addMembers(scope, parameter + (type.endsWith('*') ? '->' : '.'))
      else if (type === 'double' || type === 'float') scope.addReal(parameter)
      else scope.addInteger(parameter)
    }
    const kinds = [...integerTypes, 'double', 'float', `struct ${p}s`, `struct ${p}s *`]
    for (let i = this.chance.below(4); i > 0; i--) add(this.chance.pick(kinds))
    const statements = new Statements(this.chance, { prefix: p, call: (from) => this.call(from) })
    const body = statements.block(scope, 3, 4 + this.chance.below(6), false)
    const result = this.chance.pick(integerTypes)
    const head = `static ${result} ${name}(${parameters.join(', ') || 'void'})`
    const value = this.expressions.integer(scope, 2)
    const lines = [
      head,
      '{',
      `    if (${p}fuel-- <= 0) return 1;`,
      ...body,
      `    return ${value};`,
      '}'
    ]
    this.functions.push({ name, parameters: parameters.map((text) => text.replace(/ ?p\d+$/, '')) })
    return lines
  }

  private call(scope: Scope): string | undefined {
    if (this.functions.length === 0) return undefined
    const { name, parameters } = this.chance.pick(this.functions)
    const values = parameters.map((type) => {
      if (type.endsWith('*')) return `&${this.prefix}object`
      if (type.startsWith('struct')) return `${this.prefix}object`
      if (type === 'double' || type === 'float')
        return `${this.prefix}bound(${this.expressions.real(scope, 1)})`
      return this.expressions.integer(scope, 2)
    })
    return `${name}(${values.join(', ')})`
  }

  /** Calls every function twice and shows the checksum over all that is left. */
  private start(): string[] {
    const p = this.prefix
    const calls = [0, 1].flatMap(() =>
      this.functions.map(({ name, parameters }) => {
        const values = parameters.map((type) =>
          type.startsWith('struct') ? `${type.endsWith('*') ? '&' : ''}${p}object` : '3'
        )
        return `    ${p}mix(${name}(${values.join(', ')}));`
      })
    )
    const parts = ['a', 'b', 'c', 'd', 'e[0]', 'e[3]', 'f', 'g', 'h', 'i', 'k'].map(
      (m) => `${p}object.${m}`
    )
    const all = [0, 1, 2, 3, 4].map((i) => `${p}g${i}`).concat(parts, `${p}array[1]`, `${p}target`)
    const last = all.map((object) => `    ${p}mix(${object});`)
    const reals = [`${p}real`, `${p}object.j`].map(
      (real) => `    ${p}mix((long long)(${real} * 8));`
    )
    return [
      `static void ${p}start(void)`,
      '{',
      ...calls,
      ...last,
      ...reals,
      `    show("%X\\n", ${p}sum);`,
      '}',
      ''
    ]
  }
}

/** A file of one program for each seed; each prints one line. */
export function fileOfPrograms(seeds: readonly number[]): string {
  const prefixes = seeds.map((_, index) => `q${index}_`)
  const programs = seeds.map((seed, index) => new Program(seed, prefixes[index] ?? '').text())
  const calls = prefixes.map((prefix) => `    ${prefix}start();`)
  return [preamble, ...programs, 'int main(void)', '{', ...calls, '    return 0;', '}', ''].join(
    '\n'
  )
}
