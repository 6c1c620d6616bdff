import type { TomlPath } from '../../tree/finding.js'
import type { Position } from '../../tree/problem.js'
import { placeKey, type TomlPlace, tomlPlaces } from '../../tree/toml-positions.js'
import { LineNumbers } from './line-numbers.js'

/** The text of a package.toml, and where in it things stand. */
export class DefinitionText {
  readonly text: string
  #places: ReadonlyMap<string, TomlPlace> | undefined
  #lines: LineNumbers | undefined

  constructor(text: string) {
    this.text = text
  }

  /** Where a key, or an element of an array, begins; where it is not written, the nearest table above it. */
  positionOf(path: TomlPath): Position {
    this.#places ??= tomlPlaces(this.text)
    this.#lines ??= new LineNumbers(this.text)
    for (let length = path.length; length > 0; length--) {
      const place = this.#places.get(placeKey(path.slice(0, length)))
      if (place !== undefined) return this.#lines.positionAt(place.key)
    }
    return { line: 1, column: 1 }
  }
}
