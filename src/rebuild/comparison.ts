import { textOfBytes } from '../base/byte-string.js'
import { readImageTree } from '../oci/image-tree.js'
import type { LayoutImage, LayoutLayer } from '../oci/layout-reader.js'
import { treeDifference } from '../oci/tree-difference.js'
import { type ComparedEntry, entriesOf } from './layer-entries.js'

/**
 * How far two images agree (docs/format.md): `manifest`, every byte; `image`, the config and the
 * uncompressed layers; `tree`, the files that a container would see, but for their times; `none`, less
 * than that.
 */
export type Agreement = 'manifest' | 'image' | 'tree' | 'none'

/** The first thing in which two images differ. */
export interface Difference {
  /** `config`, `layer 2`, `layer 2, usr/bin/cc`. */
  readonly where: string
  readonly expected: string
  readonly found: string
}

/** What a comparison of two images says. */
export interface Comparison {
  readonly agreement: Agreement
  /** Absent where the agreement is `manifest`. */
  readonly difference?: Difference
}

/** Compares an image with the one that was expected. */
export async function compareImages(
  expected: LayoutImage,
  found: LayoutImage
): Promise<Comparison> {
  if (expected.descriptor.digest === found.descriptor.digest) return { agreement: 'manifest' }
  const sameConfig = expected.manifest.config.digest === found.manifest.config.digest
  if (sameConfig) {
    return { agreement: 'image', difference: compressedDifference(expected, found) }
  }
  const agreement = (await sameTree(expected, found)) ? 'tree' : 'none'
  return { agreement, difference: await firstDifference(expected, found) }
}

/** Whether containers of the two images see the same files; times are left out. */
async function sameTree(a: LayoutImage, b: LayoutImage): Promise<boolean> {
  const { removed, added, changed } = treeDifference(await readImageTree(a), await readImageTree(b))
  return removed.length + added.length + changed.length === 0
}

/** The config names every uncompressed layer, so only compression and annotations are left to differ. */
function compressedDifference(expected: LayoutImage, found: LayoutImage): Difference {
  const index = expected.layers.findIndex((layer, i) => {
    return layer.descriptor.digest !== found.layers[i]?.descriptor.digest
  })
  if (index < 0) {
    return {
      where: 'manifest',
      expected: JSON.stringify(expected.manifest.annotations ?? {}),
      found: JSON.stringify(found.manifest.annotations ?? {})
    }
  }
  return {
    where: `layer ${index + 1}, compressed`,
    expected: expected.layers[index]?.descriptor.digest ?? 'none',
    found: found.layers[index]?.descriptor.digest ?? 'none'
  }
}

async function firstDifference(expected: LayoutImage, found: LayoutImage): Promise<Difference> {
  const count = Math.max(expected.layers.length, found.layers.length)
  for (let index = 0; index < count; index++) {
    const difference = await layerDifference(expected.layers[index], found.layers[index])
    if (difference === undefined) continue
    const where = [`layer ${index + 1}`, difference.where].filter((part) => part !== '').join(', ')
    return { ...difference, where }
  }
  return {
    where: 'config',
    expected: JSON.stringify(expected.config),
    found: JSON.stringify(found.config)
  }
}

async function layerDifference(
  expected: LayoutLayer | undefined,
  found: LayoutLayer | undefined
): Promise<Difference | undefined> {
  if (expected?.diffId === found?.diffId) return undefined
  if (expected === undefined || found === undefined) {
    return {
      where: '',
      expected: expected?.diffId ?? 'no layer',
      found: found?.diffId ?? 'no layer'
    }
  }
  const ours = entriesOf(expected)
  const theirs = entriesOf(found)
  try {
    for (;;) {
      const [left, right] = [await ours.next(), await theirs.next()]
      if (left.done === true && right.done === true) return undefined
      const difference = entryDifference(left.value ?? undefined, right.value ?? undefined)
      if (difference !== undefined) return difference
    }
  } finally {
    await ours.return(undefined)
    await theirs.return(undefined)
  }
}

function entryDifference(
  expected: ComparedEntry | undefined,
  found: ComparedEntry | undefined
): Difference | undefined {
  const [left, right] = [factsOf(expected), factsOf(found)]
  const where = textOfBytes(expected?.entry.path ?? found?.entry.path ?? '')
  for (const [name, value] of left) {
    const other = right.get(name)
    if (other !== value)
      return { where, expected: `${name} ${value}`, found: `${name} ${other ?? 'none'}` }
  }
  return undefined
}

function factsOf(compared: ComparedEntry | undefined): Map<string, string> {
  if (compared === undefined) return new Map([['entry', 'none']])
  const { entry, content } = compared
  return new Map([
    ['entry', textOfBytes(entry.path)],
    ['type', entry.type],
    ['mode', entry.mode.toString(8)],
    ['owner', `${entry.uid}:${entry.gid}`],
    ['time', String(entry.mtime)],
    ['link', textOfBytes(entry.linkname ?? '')],
    ['size', String(entry.size)],
    ['content', content]
  ])
}
