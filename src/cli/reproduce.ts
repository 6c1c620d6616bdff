import { availableParallelism, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import type { ImageResult } from '../build/build-tree.js'
import type { Reproduction } from '../rebuild/reproduce.js'
import type { Variation, VariedSurroundings } from '../rebuild/variation.js'
import { buildNamed } from './build-named.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import type { Paint } from './paint.js'
import { printReport } from './report.js'

/** What `stagex reproduce --json` prints. */
interface ReproduceReport {
  readonly variations: readonly Variation[]
  readonly images: readonly Reproduction[]
}

/** `stagex reproduce` */
export const reproduceCommand = declareCommand({
  name: 'reproduce',
  group: 'Build',
  summary: 'Build images again in other surroundings and compare',
  arguments: '<name...>',
  details: `
Builds the images once as stagex build does, then again from nothing: in a new store, under another user, umask,
locale, time zone, host name, working directory and number of jobs. Compares the two, and the digests/ of the tree.
The status is 1 where anything differs, and the first difference is named.`,
  options: {},
  run: async (context, names) => {
    const results = await buildNamed(context, names)
    const surroundings = await variedSurroundings(context)
    for (const { what, value, varied } of surroundings.variations) {
      context.stderr.write(`${varied ? 'changing' : 'keeping '} ${what}: ${value}\n`)
    }
    const images = await secondBuild(context, results, surroundings)
    const report = { variations: surroundings.variations, images }
    printReport<ReproduceReport>(context, report, renderReport)
    return images.every(isReproduced) ? 0 : 1
  }
})

async function variedSurroundings(context: CommandContext): Promise<VariedSurroundings> {
  const { varySurroundings } = await import('../rebuild/variation.js')
  return varySurroundings({
    path: context.env['PATH'] ?? '/usr/bin:/bin',
    uid: userInfo().uid,
    cores: availableParallelism(),
    folders: [context.root, join(context.checkout, 'dist'), dirname(process.execPath)]
  })
}

async function secondBuild(
  context: CommandContext,
  results: readonly ImageResult[],
  surroundings: VariedSurroundings
): Promise<Reproduction[]> {
  const { reproduceImages } = await import('../rebuild/reproduce.js')
  const { digestFile, readDigestFile } = await import('../tree/digest-file.js')
  const { splitFullName } = await import('../tree/full-name.js')
  const first = results.flatMap(({ name, layout }) => {
    const { stage } = splitFullName(name)
    const recorded = readDigestFile(digestFile(context.root, stage)).get(name)
    return layout === undefined ? [] : [{ image: name, layout, recorded }]
  })
  return reproduceImages(first, {
    program: join(context.checkout, 'stagex'),
    root: context.root,
    surroundings,
    signal: context.interruption(),
    onOutput: (piece) => {
      context.stderr.write(piece.toString('utf8'))
    }
  })
}

function isReproduced({ comparison, matchesRecord }: Reproduction): boolean {
  return comparison.agreement === 'manifest' && matchesRecord !== false
}

function renderReport({ images }: ReproduceReport, paint: Paint): string {
  return images.map((image) => renderImage(image, paint)).join('')
}

function renderImage(image: Reproduction, paint: Paint): string {
  const { comparison, matchesRecord, recorded, digest } = image
  const good = isReproduced(image)
  const head = `${digest} ${image.image} ${good ? paint.good('reproduced') : paint.bad('differs')}\n`
  const { difference } = comparison
  const lines =
    difference === undefined
      ? []
      : [
          `  first difference: ${difference.where}`,
          `    first build:  ${difference.expected}`,
          `    second build: ${difference.found}`
        ]
  const record =
    matchesRecord === false
      ? [`  digests/ says: ${recorded ?? ''}`]
      : matchesRecord === undefined
        ? ['  digests/ says nothing of it']
        : []
  return head + [...lines, ...record].map((line) => `${line}\n`).join('')
}
