import type { NewPackage } from '../upkeep/new/new-package.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { choice, repeated, text } from './option.js'
import type { Paint } from './paint.js'
import { readableSize } from './readable.js'
import { printReport } from './report.js'
import { systemClock } from './system-clock.js'

const templates = ['rust', 'go', 'meson', 'cmake', 'autotools', 'python', 'make', 'unpack'] as const

/** `stagex new` */
export const newCommand = declareCommand({
  name: 'new',
  group: 'Upkeep',
  summary: 'Write a package for a release of upstream',
  arguments: '<new-name>',
  details: `
Fetches the release, hashes it, and looks into the archive for how it is built and under which licence it is. Writes
packages/<stage>/<name>/ with package.toml and Containerfile for you to go on with; a name without a stage becomes a
user package. Nothing of the release is executed. What was guessed is said; read it before you build.`,
  examples: [
    ['new core-zlib --url https://zlib.net/fossils/zlib-1.3.1.tar.gz', 'all of it guessed'],
    ['new tool --url URL --url MIRROR --template make', 'two mirrors, which have to agree']
  ],
  options: {
    urls: repeated('--url <url>', 'where the release is; may be given several times'),
    version: text('--at <version>', 'its version (default: as the URL tells)'),
    template: choice(
      '--template <kind>',
      'how it is built (default: as its files tell)',
      templates
    ),
    base: text('--from <image>', 'the image to build it in')
  },
  run: async (context, [name = ''], { urls, version, template, base }) => {
    if (urls.length === 0) {
      throw new CliError('cli/bad-usage', 'of which release?', {
        kind: 'usage',
        expected: '--url <url>'
      })
    }
    const { loadTree } = await import('../tree/load-tree.js')
    const { newPackage } = await import('../upkeep/new/new-package.js')
    const { SourceStore } = await import('../source/source-store.js')
    const request = {
      ...{ name, urls },
      ...(version !== undefined && { version }),
      ...(template !== undefined && { template }),
      ...(base !== undefined && { base })
    }
    const made = await newPackage(
      await loadTree(context.root),
      request,
      new SourceStore(context.home),
      { clock: systemClock, environment: context.env, signal: context.interruption() }
    )
    const findings = await checked(context, made.fullName)
    const report = reportOf(made, findings)
    printReport(context, report, (_, paint) => render(made, findings, paint))
    return findings.length === 0 ? 0 : 1
  }
})

/** What `stagex check` says of the package. */
async function checked(context: CommandContext, fullName: string): Promise<string[]> {
  const { loadTree } = await import('../tree/load-tree.js')
  const { checkTree } = await import('../audit/lint/check-tree.js')
  const { formatFinding } = await import('../audit/lint/finding.js')
  const { rules } = await import('../audit/lint/rules.js')
  const tree = await loadTree(context.root)
  const findings = await checkTree(tree, { rules, packages: new Set([fullName]) })
  return findings.map(formatFinding)
}

function reportOf(
  { fullName, files, facts, learned, missingTools }: NewPackage,
  findings: readonly string[]
): unknown {
  const { version, license, hash, mirrors, template, base, tools } = facts
  return {
    ...{ package: fullName, version, license, files, hash, size: learned.size, mirrors },
    ...{ template: template.name, base, tools, missingTools, findings }
  }
}

function render(
  { fullName, files, facts, learned, missingTools }: NewPackage,
  findings: readonly string[],
  paint: Paint
): string {
  const { version, license, template, base, onlyHost } = facts
  const rows: [string, string | undefined][] = [
    ['source', `${readableSize(learned.size)}, sha256:${learned.hash}`],
    ['built', `${template.name}${base === undefined ? '' : ` in ${base}`}`],
    ['licence', license === undefined ? 'not found: add it' : `${license}, a guess`],
    ...files.map((file): [string, string] => ['wrote', file]),
    [
      'missing',
      missingTools.length === 0 ? undefined : `the tree has no ${missingTools.join(', ')}`
    ],
    ['mirrors', onlyHost && `only ${onlyHost}: add one elsewhere`]
  ]
  return [
    `${paint.strong(fullName)} ${version}`,
    ...rows.flatMap(([label, row]) => (row ? [`  ${paint.faint(label.padEnd(8))} ${row}`] : [])),
    ...findings,
    `stagex build ${fullName}`
  ]
    .map((line) => `${line}\n`)
    .join('')
}
