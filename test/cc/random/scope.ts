import type { Chance } from './chance.js'

/** What an expression may read and a statement may change, at one point of a program. */
export class Scope {
  private readonly integers: string[]
  private readonly reals: string[]
  private readonly counters = new Set<string>()

  /** @param outer what is visible around; what is added here is not visible there */
  constructor(outer?: Scope) {
    this.integers = outer === undefined ? [] : [...outer.integers]
    this.reals = outer === undefined ? [] : [...outer.reals]
    if (outer !== undefined) for (const counter of outer.counters) this.counters.add(counter)
  }

  /** Adds an integer object; `%` in it stands for an index, which must be made below `size`. */
  addInteger(object: string): void {
    this.integers.push(object)
  }

  addReal(object: string): void {
    this.reals.push(object)
  }

  /** Adds a variable that may be read but not changed: loops end because of it. */
  addCounter(name: string): void {
    this.integers.push(name)
    this.counters.add(name)
  }

  /** An integer object to read. */
  readable(chance: Chance): string {
    return chance.pick(this.integers)
  }

  /** An integer object to change. */
  changeable(chance: Chance): string {
    return chance.pick(this.integers.filter((object) => !this.counters.has(object)))
  }

  /** A floating-point object, to read or to change. */
  real(chance: Chance): string {
    return chance.pick(this.reals)
  }
}
