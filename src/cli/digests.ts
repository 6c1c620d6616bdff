import type { KnownDigest } from '../build/known-digests.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { flag } from './option.js'
import { printReport } from './report.js'

/** `stagex digests` */
export const digestsCommand = declareCommand({
  name: 'digests',
  group: 'Look',
  summary: 'Print the digests of images that were built',
  arguments: '[name...]',
  details: `
Prints a line for each image: the digest of its manifest and its name. Without names, every image of the tree
that has been built as it is defined now. With --write, digests/<stage>.txt says the same from then on.`,
  options: {
    write: flag('--write', 'write the digests to digests/<stage>.txt')
  },
  run: async (context, names, { write }) => {
    const { knownDigests } = await import('../build/known-digests.js')
    const digests = await knownDigests(context, names)
    const missing = names.length === 0 ? [] : digests.filter(({ hex }) => hex === undefined)
    const built = digests.filter(({ hex }) => hex !== undefined)
    if (write) await writeFiles(context, built)
    printReport(context, { digests: built, missing: missing.map(({ image }) => image) }, () =>
      built.map(({ hex, image }) => `${hex ?? ''} ${image}\n`).join('')
    )
    for (const { image } of missing) {
      context.stderr.write(`${image} is not built as it is defined now: stagex build ${image}\n`)
    }
    return missing.length === 0 ? 0 : 1
  }
})

/** Replaces the digests of the given images, and leaves those of others as they are. */
async function writeFiles(context: CommandContext, digests: readonly KnownDigest[]): Promise<void> {
  const { digestFile, readDigestFile, writeDigestFile } = await import('../tree/digest-file.js')
  for (const stage of new Set(digests.map((digest) => digest.stage))) {
    const file = digestFile(context.root, stage)
    const table = new Map(readDigestFile(file))
    for (const { image, hex } of digests.filter((digest) => digest.stage === stage)) {
      if (hex !== undefined) table.set(image, hex)
    }
    writeDigestFile(file, table, `${file}.${process.pid}`)
  }
}
