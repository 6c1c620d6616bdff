import type { ImageResult } from '../../build/build-tree.js'
import { type Engine, importImage } from '../../build/import-image.js'

/** An image that a container engine has now, and what it is called there. */
export interface ImportedImage {
  readonly image: string
  readonly engine: string
  readonly reference: string
}

/**
 * Loads those images that were asked for, and built, one after the other.
 * @throws BuildError `build/import-failed`
 */
export async function importResults(
  engine: Engine,
  results: readonly ImageResult[],
  wanted: ReadonlySet<string>
): Promise<ImportedImage[]> {
  const imported: ImportedImage[] = []
  for (const { name, layout } of results) {
    if (layout === undefined || !wanted.has(name)) continue
    const reference = await importImage(engine, layout, name, architecture)
    imported.push({ image: name, engine: engine.program, reference })
  }
  return imported
}

/** This machine's, in the names that images use. */
const architecture =
  new Map([
    ['x64', 'amd64'],
    ['ia32', '386']
  ]).get(process.arch) ?? process.arch
