import { availableParallelism } from 'node:os'
import type { Tree } from '../tree/tree.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import { flag, repeated, text, wholeNumber } from './option.js'
import { printReport } from './report.js'
import { signaturesOption } from './trust/signatures-option.js'

/** `stagex publish` */
export const publishCommand = declareCommand({
  name: 'publish',
  group: 'Publish',
  summary: 'Push images of a release that enough people signed',
  arguments: '[name...]',
  details: `
Pushes images to every registry of release.toml, or of --registry, with the tags <version> and sx<release>; once all
images of the release are there, latest moves to them. Only images that are built here as digests/ records them are
published, and only if each has its quorum of verified signatures: the status is 3 where one has not, and nothing is
pushed. What is there already is not sent again, so that an interrupted call can be repeated.`,
  examples: [
    ['publish --all --release 2026.03.0 --dry-run', 'what would happen'],
    ['publish --all --release 2026.03.0', 'publish the release'],
    ['publish hello --release 2026.03.0 --registry localhost:5000/stagex', 'one image, elsewhere']
  ],
  options: {
    release: text('--release <YYYY.MM.N>', 'the release that the images belong to'),
    all: flag('--all', 'every image of the tree'),
    dryRun: flag('--dry-run', 'only say what would be done'),
    signatures: signaturesOption,
    registries: repeated('--registry <host/path>', 'where to publish instead of release.toml’s'),
    jobs: wholeNumber('-j, --jobs <n>', 'images at the same time (default: one a core)')
  },
  run: async (context, names, { release, all, dryRun, signatures, registries, jobs }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { publish } = await import('../publish/publish.js')
    const { publishableImages, recordedDigest } = await import('../publish/publishable.js')
    const { releaseName } = await import('../publish/release-name.js')
    const { releaseSettings } = await import('../publish/release-settings.js')
    const { placesToUse } = await import('./publish/registry-options.js')
    const { quorumJudge } = await import('./publish/quorum-judge.js')
    const { TransferProgress } = await import('./progress/transfer-progress.js')
    const { publishReport, renderPublication, publishedLine } =
      await import('./publish/publication-report.js')
    const checked = releaseName(release ?? '')
    const settings = releaseSettings(context.root)
    const places = placesToUse(context, registries, settings.registries)
    const tree = await loadTree(context.root)
    const images = publishableImages(tree, context.home, await wantedImages(tree, names, all))
    const { judge, close } = await quorumJudge(context, settings, signatures)
    const progress = new TransferProgress(context.stderr, images.length * places.length)
    const report = await publish({
      release: checked,
      images,
      whole: new Map([...tree.images.keys()].map((name) => [name, recordedDigest(tree, name)])),
      places,
      judge,
      dryRun,
      jobs: jobs ?? availableParallelism(),
      onBytes: progress.bytes,
      onImage: (row) => {
        if (row.state === 'pushed') progress.image(publishedLine(row))
      }
    }).finally(() => {
      progress.end()
      close()
    })
    printReport(context, publishReport(checked, dryRun, report), renderPublication)
    return report.refused.length > 0 ? 3 : 0
  }
})

/** @throws CliError `cli/bad-usage`; TreeError */
async function wantedImages(
  tree: Tree,
  names: readonly string[],
  all: boolean
): Promise<readonly string[]> {
  const { resolveNames } = await import('../tree/resolve-names.js')
  if (all !== names.length > 0) {
    return all ? [...tree.images.keys()] : resolveNames(tree, names).images.map(({ name }) => name)
  }
  throw new CliError('cli/bad-usage', 'name the images to publish, or say --all', {
    kind: 'usage',
    found: all ? 'both' : 'neither'
  })
}
