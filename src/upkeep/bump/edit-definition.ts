import type { TomlPath } from '../../tree/finding.js'
import { placeKey, tomlPlaces } from '../../tree/toml-positions.js'
import { UpkeepError } from '../upkeep-error.js'

/** A string of a package.toml, and what it is to become. */
export interface DefinitionEdit {
  readonly path: TomlPath
  /** Printable ASCII. */
  readonly value: string
}

/**
 * Writes other strings in the places of those that stand in a package.toml; every other byte, comments and
 * all, stays as it is.
 * @throws UpkeepError `upkeep/bad-edit` for a path that is not written in the file
 */
export function editDefinition(text: string, edits: readonly DefinitionEdit[]): string {
  const places = tomlPlaces(text)
  const replacements = edits.map(({ path, value }) => {
    const place = places.get(placeKey(path))
    if (place === undefined) throw notWritten(path)
    return { start: place.value, end: place.end, written: JSON.stringify(value) }
  })
  // From the end, so that what stands before keeps its offset.
  return replacements
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, written }) => all.slice(0, start) + written + all.slice(end), text)
}

function notWritten(path: TomlPath): UpkeepError {
  return new UpkeepError('upkeep/bad-edit', 'a value to be changed is not in the file', {
    found: path.join('.')
  })
}
