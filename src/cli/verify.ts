import { availableParallelism } from 'node:os'
import { declareCommand } from './command.js'
import { flag, text, wholeNumber } from './option.js'
import { printReport } from './report.js'
import { signaturesOption } from './trust/signatures-option.js'

/** `stagex verify` */
export const verifyCommand = declareCommand({
  name: 'verify',
  group: 'Trust',
  summary: 'Say who signed images, and whether they are enough',
  arguments: '[image...]',
  details: `
Verifies that enough distinct people of MAINTAINERS signed the digest of each image, and says of every signature that
was not counted why. An image is a name of the tree, with the digest that digests/ records; a layout such as
out/user-hello; a reference to a registry; or a file of digests. With --release, the tags of the release are asked at every
registry of release.toml; where two disagree, both images have to be good. The status is 3 where one image has too few.`,
  examples: [
    ['verify --all', 'everything that digests/ records, without a network'],
    ['verify out/user-hello --threshold 3', 'what was just built'],
    [
      'verify docker.io/stagex/core-gcc:13 --signatures https://example.org/signatures',
      'an image at a registry'
    ],
    ['verify --release 2026.03.0 --vendors 2 --json', 'what a release’s tags name, for a program']
  ],
  options: {
    all: flag('--all', 'every image that digests/ records'),
    release: text('--release <YYYY.MM.N>', 'what the tags of the release name at every registry'),
    threshold: wholeNumber(
      '--threshold <n>',
      'people who must have signed (default: release.toml’s, 2)'
    ),
    vendors: wholeNumber(
      '--vendors <n>',
      'vendors of processors they must have built it on (default: 0)',
      0
    ),
    signatures: signaturesOption,
    jobs: wholeNumber('-j, --jobs <n>', 'images at the same time (default: one a core)')
  },
  run: async (context, names, { all, release, threshold, vendors, signatures, jobs }) => {
    const { releaseName } = await import('../publish/release-name.js')
    const { releaseSettings } = await import('../publish/release-settings.js')
    const { loadTrusted } = await import('../trust/quorum/load-trusted.js')
    const { verifyImages } = await import('../trust/quorum/verify-images.js')
    const { openSources } = await import('./trust/signature-sources.js')
    const { wantedSubjects } = await import('./trust/verify-subjects.js')
    const { renderVerification, verifyReport } = await import('./trust/verify-report.js')
    const settings = releaseSettings(context.root)
    const subjects = await wantedSubjects(context, {
      names,
      all,
      release: release === undefined ? undefined : releaseName(release),
      places: settings.registries
    })
    const trusted = loadTrusted(context.root, Math.floor(context.now() / 1000))
    const demand = { threshold: threshold ?? settings.threshold, vendors: vendors ?? 0 }
    const { sources, close } = await openSources(context, signatures)
    const verification = { trusted, demand, sources, jobs: jobs ?? availableParallelism() }
    const images = await verifyImages(subjects, verification).finally(close)
    const report = verifyReport(images, demand.threshold, demand.vendors)
    printReport(context, report, renderVerification)
    return report.met ? 0 : 3
  }
})
