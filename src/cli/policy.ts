import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Policy } from '../trust/policy/policy.js'
import { CliError } from './cli-error.js'
import { declareCommand, type Status } from './command.js'
import type { CommandContext } from './context.js'
import { flag, text, wholeNumber } from './option.js'
import { counted } from './readable.js'
import { printReport } from './report.js'

const SYSTEM = '/etc/containers'

/** `stagex policy` */
export const policyCommand = declareCommand({
  name: 'policy',
  group: 'Trust',
  summary: 'Have Podman, Skopeo, Buildah and CRI-O refuse images that too few people signed',
  arguments: '<export|install|remove>',
  details: `
Writes policy.json, registries.d and key rings with which stock tools refuse every image of the tree's registries that
has not been signed by enough distinct people of MAINTAINERS. export writes them to a folder; install puts them where
the tools of this user, or with --system of this machine, look for them, and leaves what they say of other images; remove
takes them back. Repeat it when a key changes: stock tools know the keys of the day on which it was written.`,
  examples: [
    [
      'policy export --threshold 3 --to ./policy --lookaside https://example.org/signatures',
      'to look at'
    ],
    [
      'policy install --threshold 3 --lookaside https://example.org/signatures --dry-run',
      'what would change'
    ],
    ['policy remove', 'the way back']
  ],
  options: {
    threshold: wholeNumber(
      '--threshold <n>',
      'people who must have signed (default: release.toml’s, 2)'
    ),
    lookaside: text(
      '--lookaside <url>',
      'where signatures lie, an https:, http: or file: URL (default: signatures/ of the tree)'
    ),
    to: text('--to <folder>', 'where export writes to'),
    system: flag('--system', 'for all users of this machine, in /etc/containers'),
    dryRun: flag('--dry-run', 'only show what would change')
  },
  run: async (context, [word = ''], { threshold, lookaside, to, system, dryRun }) => {
    const { installPolicy, policyChanges } = await import('../trust/policy/install-policy.js')
    const folder = folderFor(context, word, to, system)
    if (word === 'remove') return remove(context, folder, dryRun)
    const policy = await policyFor(context, folder, threshold)
    const installation = {
      folder,
      ...(word === 'install' && !system ? { inherits: SYSTEM } : {}),
      policy,
      lookaside: lookasideFor(context, lookaside),
      process: process.pid
    }
    const changes = policyChanges(installation)
    if (!dryRun) installPolicy(installation)
    const { renderChanges } = await import('./trust/render-changes.js')
    const { people, rings } = policy
    const report = { folder, people, rings: rings.length, bytes: sizeOf(policy), dryRun, changes }
    printReport(context, report, ({ bytes }, paint) => {
      const sum = `${people.join(', ')}: ${counted(rings.length, 'key ring')}, ${bytes} bytes\n`
      return renderChanges(changes, paint) + sum
    })
    return 0
  }
})

/** @throws CliError `cli/bad-usage` */
function folderFor(
  context: CommandContext,
  word: string,
  to: string | undefined,
  system: boolean
): string {
  if (word === 'export' && to !== undefined) return resolve(context.cwd, to)
  if ((word === 'install' || word === 'remove') && to === undefined) {
    const config =
      context.env['XDG_CONFIG_HOME'] ?? join(context.env['HOME'] ?? homedir(), '.config')
    return system ? SYSTEM : join(config, 'containers')
  }
  throw new CliError('cli/bad-usage', 'this is nothing to do with a policy', {
    kind: 'usage',
    expected: 'export --to FOLDER, install, or remove',
    found: word
  })
}

async function remove(context: CommandContext, folder: string, dryRun: boolean): Promise<Status> {
  const { hasPolicy, removePolicy } = await import('../trust/policy/install-policy.js')
  const installed = hasPolicy(folder)
  const removed = !dryRun && removePolicy(folder)
  printReport(context, { folder, dryRun, installed, removed }, () => {
    if (!installed) return `nothing was installed in ${folder}\n`
    return removed ? `${folder} is as it was\n` : `${folder} would be as it was\n`
  })
  return 0
}

/**
 * Where the stock tools are told to look. They find out that a URL is none only when they pull.
 * @throws CliError `cli/bad-usage`
 */
function lookasideFor({ root }: CommandContext, given: string | undefined): string {
  if (given === undefined) return pathToFileURL(join(root, 'signatures')).href
  if (/^(?:https?|file):\/\//.test(given) && URL.canParse(given)) return given
  throw new CliError('cli/bad-usage', 'signatures cannot be looked for there', {
    kind: 'usage',
    expected: 'an https:, http: or file: URL',
    found: given
  })
}

async function policyFor(
  context: CommandContext,
  folder: string,
  threshold: number | undefined
): Promise<Policy> {
  const { releaseSettings } = await import('../publish/release-settings.js')
  const { loadTrusted } = await import('../trust/quorum/load-trusted.js')
  const { makePolicy } = await import('../trust/policy/policy.js')
  const { RING_FOLDER } = await import('../trust/policy/policy-files.js')
  const { scopesOf } = await import('../trust/payload/subject.js')
  const settings = releaseSettings(context.root)
  const trusted = loadTrusted(context.root, Math.floor(context.now() / 1000))
  return makePolicy({
    ring: trusted.ring,
    now: trusted.now,
    threshold: threshold ?? settings.threshold,
    scopes: scopesOf(settings.registries),
    keyFolder: join(folder, RING_FOLDER)
  })
}

function sizeOf({ rings }: Policy): number {
  return rings.reduce((sum, { bytes }) => sum + bytes.length, 0)
}
