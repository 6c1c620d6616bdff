import type { Position } from '../../tree/problem.js'

/** Lines of a file, from 1, both ends included. */
export interface LineRange {
  readonly first: number
  readonly last: number
}

/** A comment by which somebody says that findings are right as they are. */
export interface Allowance {
  readonly position: Position
  readonly rules: readonly string[]
  /** Paths inside an image that it is about; empty where all findings are meant. */
  readonly paths: readonly string[]
  readonly covers: LineRange
}

/** A comment that begins like one and is none. */
export interface BadAllowance {
  readonly position: Position
  readonly message: string
  readonly found: string
}

/** The comments of one file. */
export interface Allowances {
  readonly good: readonly Allowance[]
  readonly bad: readonly BadAllowance[]
}

/** Comments that are read of one file; further ones allow nothing. */
const MOST_COMMENTS = 1000

const COMMENT = /^(.*?)#[ \t]*stagex-lint:[ \t]*(.*?)[ \t]*$/
const ALLOW = /^allow[ \t]+(\S.*?)[ \t]+(?:\u2014|\u2013|--?)[ \t]+\S/
const RULE = /^[a-z][a-z0-9-]*$/

/**
 * Reads the comments `# stagex-lint: allow <rule>[, <rule>…] [</path>…] — <reason>` of a file. Such a comment
 * covers the statement that follows its block of comments, or that it stands behind in the same line; a
 * block with an empty line below covers the whole file.
 * @param statements where statements of several lines lie
 */
export function readAllowances(text: string, statements: readonly LineRange[]): Allowances {
  const good: Allowance[] = []
  const bad: BadAllowance[] = []
  const lines = text.split('\n')
  lines.forEach((line, index) => {
    const [, before, body] = (line.includes('stagex-lint') ? COMMENT.exec(line) : null) ?? []
    if (before === undefined || body === undefined) return
    if (good.length + bad.length >= MOST_COMMENTS) return
    const position = { line: index + 1, column: before.length + 1 }
    const words = ALLOW.exec(body)?.[1]?.split(/[ \t]*,[ \t]*|[ \t]+/) ?? []
    const paths = words.filter((word) => word.startsWith('/'))
    const rules = words.filter((word) => !word.startsWith('/'))
    if (rules.length > 0 && rules.every((rule) => RULE.test(rule))) {
      const covers = coverOf(lines, index, before, statements)
      good.push({ position, rules, paths, covers })
    } else bad.push({ position, message: whyBad(body), found: body.slice(0, 120) })
  })
  return { good, bad }
}

function coverOf(
  lines: readonly string[],
  index: number,
  before: string,
  statements: readonly LineRange[]
): LineRange {
  let at = index
  if (before.trim() === '') while (/^[ \t]*#/.test(lines[at] ?? '')) at++
  if ((lines[at] ?? '').trim() === '') return { first: 0, last: lines.length }
  const line = at + 1
  const begun = statements.filter(({ first }) => first === line)
  return { first: line, last: Math.max(line, ...begun.map(({ last }) => last)) }
}

function whyBad(body: string): string {
  if (!/^allow\b/.test(body)) return 'a comment for stagex check that says nothing it knows'
  return ALLOW.test(body)
    ? 'this names no rule'
    : 'a comment that allows something has to give the reason'
}

/** Whether the comment is about what a rule found there; `line` is 0 where the whole file is meant. */
export function allows(allowance: Allowance, rule: string, line: number, path?: string): boolean {
  const { covers, rules, paths } = allowance
  if (!rules.includes(rule) || line < covers.first || line > covers.last) return false
  return paths.length === 0 || paths.some((each) => path === each || path?.startsWith(`${each}/`))
}
