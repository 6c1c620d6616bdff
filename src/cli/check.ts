import { declareCommand } from './command.js'
import { choice, flag, repeated } from './option.js'
import { printReport } from './report.js'

/** `stagex check` */
export const checkCommand = declareCommand({
  name: 'check',
  group: 'Look',
  summary: 'Look for mistakes in packages',
  arguments: '[name...]',
  details: `
Asks the rules about the packages named, or about the whole tree, and prints what they find; docs/rules.md explains
each, and how a comment with a reason allows a finding that is right as it is. With --deep, also about the files in
images that are built as they are defined now, and in sources that are fetched. With --watch, every RUN is executed once
more on a tree that is then thrown away, to find dependencies of which it reads no file; what is not built is built first.

The status is 1 where there are findings. On a clean tree nothing is printed.`,
  examples: [
    ['check', 'the whole tree'],
    ['check --deep zlib', 'also what is in the image and the sources'],
    ['check --watch zlib', 'also which dependencies its build has no use for'],
    ['check zlib --rule single-mirror', 'one package by one rule'],
    ['check --format sarif >findings.sarif', 'for a code review site']
  ],
  options: {
    format: choice('--format <kind>', 'how to print the findings (default: text)', [
      'text',
      'json',
      'sarif'
    ]),
    only: repeated('--rule <rule>', 'ask this rule alone; may be given several times'),
    except: repeated('--except <rule>', 'do not ask this rule; may be given several times'),
    deep: flag('--deep', 'read built images and fetched sources, too'),
    watch: flag('--watch', 'build once more, and see which dependencies are read'),
    list: flag('--rules', 'list the rules')
  },
  run: async (context, names, { format, only, except, deep, watch, list }) => {
    const { chosenRules } = await import('./check/chosen-rules.js')
    const { ruleRows, renderFindings, renderRules } = await import('./check/check-report.js')
    const rules = chosenRules(only, except, { deep: deep || list, watch: watch || list })
    if (list) {
      printReport(context, { rules: ruleRows(rules) }, () => renderRules(rules))
      return 0
    }
    const { checkTree } = await import('../audit/lint/check-tree.js')
    const { loadTree } = await import('../tree/load-tree.js')
    const { namedPackages } = await import('./check/named-packages.js')
    const { watchedCopies } = await import('./check/watched-copies.js')
    const tree = await loadTree(context.root)
    const packages = namedPackages(tree, names)
    const { home } = context
    const copies = rules.some(({ on }) => on === 'reads')
      ? await watchedCopies(context, tree, packages)
      : undefined
    const findings = await checkTree(tree, {
      rules,
      home,
      ...(packages && { packages }),
      ...(copies && { copies })
    })
    if (format === 'sarif') {
      const { sarifLog } = await import('../audit/lint/sarif.js')
      context.stdout.write(`${JSON.stringify(sarifLog(findings, rules), null, 2)}\n`)
    } else {
      const json = context.json || format === 'json'
      printReport({ ...context, json }, { findings }, () => renderFindings(findings))
    }
    return findings.length === 0 ? 0 : 1
  }
})
