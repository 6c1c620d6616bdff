import type { Example, Rule } from './rule.js'

/** `docs/rules.md`: every rule with its reason and its examples. */
export function rulesPage(rules: readonly Rule[]): string {
  return [HEAD, ...rules.map(ruleSection)].join('\n')
}

const HEAD = `# What \`stagex check\` looks for

This page is made from the rules themselves (\`src/audit/lint/rules\`). \`stagex check --rules\` lists them,
\`stagex check --rule NAME\` asks one of them alone. Rules about images look at those that are built as they are
defined now, rules about the members of sources at those that are fetched; since that means reading all of them,
they are asked with \`--deep\` only, or when they are named. Rules about what a build reads execute it once more, with
\`--watch\`.

A finding that is right as it is can be allowed by a comment in \`package.toml\` or \`Containerfile\`, which has to say why:

    # stagex-lint: allow single-mirror — upstream has no other, and we keep an archive

The comment covers the instruction, key or table that follows it; with an empty line below, the whole file. Several
rules are separated by commas. Where a rule is about files of an image, paths may follow the rules' names
(\`allow setuid-file /usr/bin/su — …\`), and it then covers these files and what is below them alone.
`

/** What it takes for rules of a kind to be asked. */
const ASKED_WITH: Readonly<Record<Rule['on'], string>> = {
  package: '',
  tree: '',
  comments: '',
  digest: ', once it is built',
  image: ', with `--deep`',
  source: ', with `--deep`',
  reads: ', with `--watch`'
}

function ruleSection({ name, on, level, summary, reason, bad, good }: Rule): string {
  return [
    `## ${name}\n`,
    `${summary}. (${level}${ASKED_WITH[on]})\n`,
    `${reason.trim()}\n`,
    `What it finds:\n`,
    exampleText(bad),
    `Mended:\n`,
    exampleText(good)
  ].join('\n')
}

function exampleText(example: Example): string {
  return Object.entries(example)
    .map(([file, text]) => {
      const language = file === 'package.toml' ? 'toml' : 'dockerfile'
      return `\`\`\`${language}\n${text}\`\`\`\n`
    })
    .join('\n')
}
