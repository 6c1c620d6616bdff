import type { Problem } from '../../tree/problem.js'
import type { TreeErrorCode } from '../../tree/tree-error-code.js'
import type { TreeRemark } from './rule.js'
import type { TreeSubject } from './tree-subject.js'

/** Problems that loading finds and that have a rule of their own. */
export const LICENSE_CODES = ['tree/bad-license'] as const
export const VERSION_CODES = ['tree/version-from-nowhere', 'tree/version-cycle'] as const

/** What loading the tree found, as far as it has one of the codes. */
export function problemsWith(
  { tree }: TreeSubject,
  isMeant: (code: TreeErrorCode) => boolean
): TreeRemark[] {
  return tree.problems.filter(({ code }) => isMeant(code)).map(remarkOf)
}

/** Whether a code is none of those with a rule of their own. */
export function isOther(code: TreeErrorCode): boolean {
  const others: readonly TreeErrorCode[] = [...LICENSE_CODES, ...VERSION_CODES]
  return !others.includes(code)
}

function remarkOf(problem: Problem): TreeRemark {
  const { position, expected, found, hint } = problem
  return {
    package: problem.package,
    file: problem.file,
    message: problem.message,
    ...(position === undefined ? {} : { position }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(hint === undefined ? {} : { hint })
  }
}
