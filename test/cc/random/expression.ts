import type { Chance } from './chance.js'
import { constant, realConstant } from './constant.js'
import { integerTypes, shiftLimit, wideTypes } from './integer-type.js'
import type { Scope } from './scope.js'

/**
 * Expressions without side effects and without undefined behaviour: signed overflow wraps around (gcc is
 * told so), shift counts are masked, divisors are neither 0 nor -1, indices are within their arrays.
 */
export class Expressions {
  private readonly chance: Chance

  constructor(chance: Chance) {
    this.chance = chance
  }

  /** An integer expression of any type. */
  integer(scope: Scope, depth: number): string {
    if (depth <= 0) return this.leaf(scope)
    const { chance } = this
    const operand = (): string => this.integer(scope, depth - 1 - chance.below(2))
    switch (chance.below(10)) {
      case 0:
        return `(${chance.pick(['-', '~', '!', '+'])}${operand()})`
      case 1:
        return `((${chance.pick(integerTypes)})${operand()})`
      case 2:
        return this.shift(operand)
      case 3:
        return this.division(operand)
      case 4:
        return `(${operand()} ${chance.pick(['<', '>', '<=', '>=', '==', '!='])} ${operand()})`
      case 5:
        return `(${operand()} ${chance.pick(['&&', '||'])} ${operand()})`
      case 6:
        return `(${operand()} ? ${operand()} : ${operand()})`
      case 7:
        return this.fromReal(scope, operand)
      default:
        return `(${operand()} ${chance.pick(['+', '-', '*', '&', '|', '^'])} ${operand()})`
    }
  }

  /** An object with its index, where it has one. */
  object(scope: Scope, object: string, depth: number): string {
    return object.replace('%', () => `(unsigned)${this.integer(scope, depth - 1)} & 3`)
  }

  /** A floating-point expression that is exact: at most one product of small numbers. */
  real(scope: Scope, depth: number): string {
    const { chance } = this
    const leaf = (): string => this.realLeaf(scope, depth)
    switch (depth <= 0 ? 5 : chance.below(6)) {
      case 0:
        return `(${leaf()} * ${leaf()})`
      case 1:
        return `(${leaf()} + ${leaf()} - ${leaf()})`
      case 2:
        return `(-${leaf()} / ${chance.pick(['2', '4.0', '0.5f'])})`
      case 3:
        return `(${this.integer(scope, depth - 1)} ? ${leaf()} : ${leaf()})`
      case 4:
        return `((${chance.pick(['float', 'double', 'long double'])})(${leaf()} - ${leaf()}))`
      default:
        return leaf()
    }
  }

  private leaf(scope: Scope): string {
    if (this.chance.oneIn(3)) return constant(this.chance)
    return this.object(scope, scope.readable(this.chance), 1)
  }

  private realLeaf(scope: Scope, depth: number): string {
    if (this.chance.oneIn(3)) return realConstant(this.chance)
    if (this.chance.oneIn(2)) return scope.real(this.chance)
    const type = this.chance.pick(['float', 'double', 'long double'])
    return `((${type})(${this.integer(scope, depth - 1)} & 255) / 4)`
  }

  private shift(operand: () => string): string {
    const type = this.chance.pick(wideTypes)
    const count = this.chance.oneIn(2)
      ? String(this.chance.below(shiftLimit(type)))
      : `(${operand()} & ${shiftLimit(type) - 1})`
    return `((${type})${operand()} ${this.chance.pick(['<<', '>>'])} ${count})`
  }

  private division(operand: () => string): string {
    const operator = this.chance.pick(['/', '%'])
    const divisor = this.chance.pick([
      String(this.chance.below(1000) + 1),
      `((${operand()} & 1023) + 1)`,
      `(-((int)${operand()} & 127) - 2)`,
      `((unsigned long long)${operand()} | 1)`
    ])
    return `(${operand()} ${operator} ${divisor})`
  }

  private fromReal(scope: Scope, operand: () => string): string {
    const real = this.real(scope, 1)
    switch (this.chance.below(4)) {
      case 0:
        return `(${real} ${this.chance.pick(['<', '>', '<=', '>=', '==', '!='])} ${this.real(scope, 1)})`
      case 1:
        return `(!${real})`
      case 2:
        return `((long long)(${real}) + (int)((float)(${operand()} & 1023) / 8))`
      default:
        return `((${real}) ? ${operand()} : ${operand()})`
    }
  }
}
