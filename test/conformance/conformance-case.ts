import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ContextItem, makeContext } from './context-item.js'
import type { Expected, Refusal } from './expected.js'

/** What `case.json` says beside the Containerfile next to it. */
export interface CaseDescription {
  /** What the case is there for. */
  readonly about: string
  readonly context?: readonly ContextItem[]
  /** Named contexts. */
  readonly contexts?: Readonly<Record<string, readonly ContextItem[]>>
  /** Cases whose images this one uses, as `stagex/<case>`. */
  readonly images?: readonly string[]
  readonly target?: string
  readonly platform?: string
  readonly arguments?: Readonly<Record<string, string>>
  /** What it fetches: texts by name, see `serveFiles`. */
  readonly served?: Readonly<Record<string, string>>
  /** The code of the error with which our builder refuses it. */
  readonly refused?: string
  /** Why our builder does not do what the engine does. */
  readonly differs?: string
}

/** A build whose result the reference engine told. */
export interface ConformanceCase extends CaseDescription {
  readonly name: string
  readonly folder: string
  /** Undefined until it is recorded. */
  readonly expected: Expected | Refusal | undefined
}

const casesFolder = join(import.meta.dirname, 'cases')

/** All cases, each after those whose images it uses. */
export function loadCases(): ConformanceCase[] {
  const cases = new Map(readdirSync(casesFolder).map((name) => [name, loadCase(name)]))
  const ordered = new Set<ConformanceCase>()
  const add = (name: string): void => {
    const one = cases.get(name)
    if (one === undefined) throw new Error(`there is no case ${name}`)
    one.images?.forEach(add)
    ordered.add(one)
  }
  ;[...cases.keys()].sort().forEach(add)
  return [...ordered]
}

function loadCase(name: string): ConformanceCase {
  const folder = join(casesFolder, name)
  const description = readJson(join(folder, 'case.json')) as CaseDescription
  const expected = join(folder, 'expected.json')
  return {
    ...description,
    name,
    folder,
    expected: existsSync(expected) ? (readJson(expected) as Expected | Refusal) : undefined
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Files of this machine that a case cannot do without and that are not there. */
export function missingFiles({ context = [] }: CaseDescription): string[] {
  return context.flatMap(({ host }) => (host === undefined || existsSync(host) ? [] : [host]))
}

/** Where a case's contexts were laid out. */
export interface LaidOut {
  readonly context: string
  readonly contexts: Readonly<Record<string, string>>
}

/**
 * Lays out the contexts of a case. The main one holds the others, because engines are handed one folder, and
 * always a folder `fetch`, because they are handed that one by name.
 */
export async function layOut(folder: string, one: ConformanceCase): Promise<LaidOut> {
  const context = join(folder, one.name)
  const contexts = Object.entries(one.contexts ?? {})
  mkdirSync(context, { recursive: true })
  const containerfile = { path: 'Containerfile', text: readFileSync(join(one.folder, 'Containerfile'), 'utf8') }
  const named = contexts.flatMap(([name, items]) => {
    return items.map((item) => ({ ...item, path: `${name}/${item.path}` }))
  })
  const fetch = one.contexts?.['fetch'] === undefined ? [{ path: 'fetch' }] : []
  await makeContext(context, [containerfile, ...fetch, ...named, ...(one.context ?? [])])
  const paths = contexts.map(([name]) => [name, join(context, name)] as const)
  return { context, contexts: Object.fromEntries(paths) }
}
