import { nearest } from '../../../base/suggest.js'
import type { Allowance, Allowances } from '../allowance.js'
import type { CommentRule, Remark } from '../rule.js'
import type { SubjectFile } from '../subject-file.js'

/** A comment for the linter that does not do what its writer meant. */
export const uselessComment: CommentRule = {
  name: 'useless-comment',
  on: 'comments',
  level: 'warning',
  summary: 'A stagex-lint comment without a reason, of no rule, or that allows nothing',
  reason: `
\`# stagex-lint: allow <rule> — <reason>\` says that a finding is right as it is, and why. Without the reason nobody can
judge it later. One that names no rule, or that no finding needs any more, would hide the next finding instead.`,
  bad: { Containerfile: '# stagex-lint: allow network-in-run\nFROM scratch AS package\n' },
  good: { Containerfile: 'FROM scratch AS package\n' },
  *check({ file, allowances, known, unused }) {
    for (const { position, message, found } of allowances.bad) {
      yield { file, position, message, expected: FORM, found }
    }
    yield* unknownRules(file, allowances, known)
    for (const { position, rules } of unused) {
      const found = rules.join(', ')
      yield { file, position, message: 'there is nothing that this comment allows', found }
    }
  }
}

const FORM = '# stagex-lint: allow <rule> — <reason>'

function* unknownRules(
  file: SubjectFile,
  allowances: Allowances,
  known: readonly string[]
): Iterable<Remark> {
  for (const { position, rule } of allowances.good.flatMap(namedRules)) {
    if (known.includes(rule)) continue
    const near = nearest(rule, known)
    yield {
      file,
      position,
      message: 'there is no such rule',
      found: rule,
      hint: near === undefined ? '`stagex check --rules` lists all' : `did you mean \`${near}\`?`
    }
  }
}

function namedRules({
  position,
  rules
}: Allowance): { position: Allowance['position']; rule: string }[] {
  return rules.map((rule) => ({ position, rule }))
}
