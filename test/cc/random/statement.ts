import type { Chance } from './chance.js'
import { Expressions } from './expression.js'
import { integerTypes } from './integer-type.js'
import { Scope } from './scope.js'

/** What statements need to know of the program around them. */
export interface Surroundings {
  /** Put before every name of this program, since several share a file. */
  readonly prefix: string
  /** Makes a call of an earlier function, or `undefined` where there is none. */
  readonly call: (scope: Scope) => string | undefined
}

/**
 * Statements. Every loop uses up fuel, of which a program has a fixed amount; effects stand where nothing
 * else in the same expression could see them, so that no order of evaluation matters.
 */
export class Statements {
  private readonly chance: Chance
  private readonly expressions: Expressions
  private readonly around: Surroundings
  private names = 0

  constructor(chance: Chance, around: Surroundings) {
    this.chance = chance
    this.expressions = new Expressions(chance)
    this.around = around
  }

  /** The lines of a block's inside, with declarations of their own. */
  block(outer: Scope, depth: number, count: number, loop: boolean): string[] {
    const scope = new Scope(outer)
    const lines: string[] = []
    for (let i = 0; i < count; i++) lines.push(...this.statement(scope, depth, loop))
    return lines.map((line) => `    ${line}`)
  }

  private statement(scope: Scope, depth: number, loop: boolean): string[] {
    const simple = depth <= 0 || this.chance.oneIn(2)
    switch (simple ? this.chance.below(7) : 7 + this.chance.below(5)) {
      case 0:
        return [this.declaration(scope)]
      case 1:
        return [this.realAssignment(scope)]
      case 2:
        return [this.step(scope)]
      case 3:
        return [`${this.around.prefix}mix(${this.integer(scope)});`]
      case 4:
        return [this.callOrEffect(scope)]
      case 5:
      case 6:
        return [this.assignment(scope)]
      case 7:
        return this.loop(scope, depth)
      case 8:
        return this.choose(scope, depth, loop)
      case 9:
        return loop ? [this.leave()] : this.branch(scope, depth, loop)
      default:
        return this.branch(scope, depth, loop)
    }
  }

  private integer(scope: Scope): string {
    return this.expressions.integer(scope, 1 + this.chance.below(4))
  }

  private target(scope: Scope): string {
    return this.expressions.object(scope, scope.changeable(this.chance), 2)
  }

  private name(): string {
    return `v${this.names++}`
  }

  private declaration(scope: Scope): string {
    const name = this.name()
    const line = `${this.chance.pick(integerTypes)} ${name} = ${this.integer(scope)};`
    scope.addInteger(name)
    return line
  }

  private assignment(scope: Scope): string {
    const operator = this.chance.pick(['=', '=', '+=', '-=', '*=', '&=', '|=', '^='])
    if (this.chance.oneIn(8)) return `${this.target(scope)} >>= ${this.chance.below(8)};`
    return `${this.target(scope)} ${operator} ${this.integer(scope)};`
  }

  private realAssignment(scope: Scope): string {
    const value = this.expressions.real(scope, 2)
    return `${scope.real(this.chance)} = ${this.around.prefix}bound(${value});`
  }

  private step(scope: Scope): string {
    const target = this.target(scope)
    return this.chance.pick([`${target}++;`, `--${target};`, `++${target};`, `${target}--;`])
  }

  private callOrEffect(scope: Scope): string {
    const name = this.name()
    const value = (this.chance.oneIn(2) ? this.around.call(scope) : undefined) ?? this.effect(scope)
    const line = `${this.chance.pick(integerTypes)} ${name} = ${value};`
    scope.addInteger(name)
    return line
  }

  private effect(scope: Scope): string {
    const target = this.target(scope)
    const condition = this.integer(scope)
    const value = this.integer(scope)
    return this.chance.pick([
      `${target}++`,
      `--${target}`,
      `(${target} = ${value})`,
      `(${condition} && (${target} = ${value}))`,
      `(${condition} || (${target} -= ${value}))`,
      `(${condition} ? (${target} += 3) : ${value})`,
      `(${target} = ${value}, ${condition})`
    ])
  }

  private branch(scope: Scope, depth: number, loop: boolean): string[] {
    const condition = this.integer(scope)
    const yes = this.block(scope, depth - 1, 1 + this.chance.below(3), loop)
    if (this.chance.oneIn(2)) return [`if (${condition}) {`, ...yes, '}']
    const no = this.block(scope, depth - 1, 1 + this.chance.below(3), loop)
    return [`if (${condition}) {`, ...yes, '} else {', ...no, '}']
  }

  private loop(scope: Scope, depth: number): string[] {
    const counter = this.name()
    const inner = new Scope(scope)
    inner.addCounter(counter)
    const body = this.block(inner, depth - 1, 1 + this.chance.below(3), true)
    const fuel = `${this.around.prefix}fuel-- > 0`
    const limit = 1 + this.chance.below(6)
    switch (this.chance.below(3)) {
      case 0:
        return [
          `for (int ${counter} = 0; ${counter} < ${limit} && ${fuel}; ${counter}++) {`,
          ...body,
          '}'
        ]
      case 1:
        return [
          '{',
          `int ${counter} = ${limit};`,
          `while (--${counter} && ${fuel}) {`,
          ...body,
          '}',
          '}'
        ]
      default:
        return [
          '{',
          `unsigned ${counter} = 0;`,
          'do {',
          ...body,
          `} while (++${counter} < ${limit} && ${fuel});`,
          '}'
        ]
    }
  }

  private choose(scope: Scope, depth: number, loop: boolean): string[] {
    const lines = [`switch (${this.integer(scope)} & 7) {`]
    const first = this.chance.below(3)
    for (let label = first; label < first + 4; label++) {
      lines.push(label === first + 2 && this.chance.oneIn(2) ? 'default:' : `case ${label}:`)
      lines.push('{', ...this.block(scope, depth - 1, 1 + this.chance.below(2), loop), '}')
      if (!this.chance.oneIn(3)) lines.push('break;')
    }
    return [...lines, '}']
  }

  private leave(): string {
    return this.chance.pick(['break;', 'continue;'])
  }
}
