import type { Tree } from '../../tree/tree.js'
import { type Allowance, type Allowances, allows } from './allowance.js'
import type { Finding } from './finding.js'
import type { Gathered } from './gathered.js'
import { groupFindings } from './group-findings.js'
import { allowancesIn, type PackageFiles, packageFiles } from './package-files.js'
import { packageSubject } from './package-subject.js'
import type { CommentRule, PackageRule, Remark, Rule } from './rule.js'
import { rules as allRules } from './rules.js'
import { brokenPackage } from './rules/broken-package.js'
import type { SubjectFile } from './subject-file.js'

/** One package, and what is known of it so far. */
interface Check {
  readonly tree: Tree
  /** `<stage>-<name>` */
  readonly name: string
  readonly rules: readonly Rule[]
  /** What rules about the tree found. */
  readonly found: readonly Finding[]
  /** What was found in images and sources. */
  readonly gathered: Gathered
}

/** Everything that the rules find in a package and that no comment in it allows. */
export function checkPackage(check: Check): Finding[] {
  const files = packageFiles(check.tree.root, check.name)
  const inside = check.gathered.findingsOf(check.name)
  const own = [...syntaxErrors(check, files), ...ownFindings(check, files)]
  const findings = [...check.found, ...own, ...inside]
  const comments = new Map(
    [...files.texts.keys()].map((file) => [file, allowancesIn(files, file)] as const)
  )
  const used = new Set<Allowance>()
  const left = findings.filter((finding) => {
    const allowance = allowanceOf(finding, files, comments)
    if (allowance !== undefined) used.add(allowance)
    return allowance === undefined
  })
  return [...groupFindings(left), ...commentFindings(check, files, comments, used)]
}

/** Loading takes references from plain files with a simpler reader, which passes over other mistakes. */
function syntaxErrors({ name, tree, rules }: Check, files: PackageFiles): Finding[] {
  if (!rules.includes(brokenPackage) || !tree.packages.has(name)) return []
  return files.errors.map(({ position, message, code, expected, found, hint }) =>
    findingOf(brokenPackage, name, files, {
      file: 'Containerfile',
      position,
      message: `${message} [${code}]`,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
      ...(hint === undefined ? {} : { hint })
    })
  )
}

function ownFindings({ tree, name, rules }: Check, files: PackageFiles): Finding[] {
  const owner = tree.packages.get(name)
  const subject = owner === undefined ? undefined : packageSubject(owner, files)
  if (subject === undefined) return []
  const asked = rules.filter((rule): rule is PackageRule => rule.on === 'package')
  return asked.flatMap((rule) =>
    [...rule.check(subject)].map((remark) => findingOf(rule, name, files, remark))
  )
}

function findingOf(rule: Rule, name: string, files: PackageFiles, remark: Remark): Finding {
  const { position } = remark
  return {
    ...remark,
    rule: rule.name,
    level: rule.level,
    package: name,
    file: `${files.folder}/${remark.file}`,
    ...(position && { position: { line: position.line, column: position.column } })
  }
}

type Comments = ReadonlyMap<SubjectFile, Allowances>

function allowanceOf(
  finding: Finding,
  { folder }: PackageFiles,
  comments: Comments
): Allowance | undefined {
  const [, allowances] = [...comments].find(([file]) => finding.file === `${folder}/${file}`) ?? []
  const line = finding.position?.line ?? 0
  return allowances?.good.find((each) => allows(each, finding.rule, line, finding.paths?.[0]))
}

/** A comment is useless only to those who asked its rules. */
function commentFindings(
  { name, rules, gathered }: Check,
  files: PackageFiles,
  comments: Comments,
  used: ReadonlySet<Allowance>
): Finding[] {
  const asked = new Set(
    rules.filter((rule) => isOnText(rule) || gathered.wasAsked(name, rule)).map((rule) => rule.name)
  )
  const known = allRules.map((rule) => rule.name)
  return rules
    .filter((rule): rule is CommentRule => rule.on === 'comments')
    .flatMap((rule) =>
      [...comments].flatMap(([file, allowances]) => {
        const unused = allowances.good.filter(
          (each) => !used.has(each) && each.rules.every((named) => asked.has(named))
        )
        return [...rule.check({ file, allowances, known, unused })].map((remark) =>
          findingOf(rule, name, files, remark)
        )
      })
    )
}

/** Rules that need nothing but the tree's files. */
function isOnText({ on }: Rule): boolean {
  return on === 'package' || on === 'tree' || on === 'comments'
}
