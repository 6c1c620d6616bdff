// TypeScript to JavaScript, file by file and without checking types, which is the tests' business: a start
// after an edit should not wait for it.
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { buildOf } from './freshness.mjs'

/** Builds that stay, so that a program that runs from one still finds its modules. */
const KEPT_BUILDS = 20

const SHOWN_PROBLEMS = 10

/**
 * Compiles the sources into a folder named after their content and lets `dist` lead there. Nothing that a
 * running program may have open is changed, and no half-made build is ever seen.
 * @param {string} checkout
 * @param {import('./freshness.mjs').Sources} sources
 * @returns {string | undefined} why it failed
 */
export function compile(checkout, sources) {
  const name = `dist-${sources.content.slice(0, 16)}`
  const target = join(checkout, '.setup', name)
  const work = `${target}.${String(process.pid)}`
  // An edit that was taken back: the earlier build is still there, and complete, or it had no such name.
  if (!existsSync(target)) {
    const problems = compileInto(checkout, sources, work)
    if (problems !== '') {
      rmSync(work, { recursive: true })
      return `${problems}error: the sources do not parse\n  [launch/syntax]\n`
    }
    renameSync(work, target)
  }
  pointDistAt(checkout, `.setup/${name}`)
  removeOldBuilds(checkout)
  return undefined
}

/**
 * @param {string} checkout
 * @param {import('./freshness.mjs').Sources} sources
 * @param {string} folder
 * @returns {string} the syntax errors found, for people
 */
function compileInto(checkout, sources, folder) {
  const earlier = earlierBuild(checkout)
  /** @type {typeof import('typescript')} */
  const ts = createRequire(join(checkout, 'package.json'))('typescript')
  const compilerOptions = readCompilerOptions(ts, checkout)
  /** @type {Record<string, string>} */
  const keys = {}
  const diagnostics = [...sources.files].flatMap(([path, text]) => {
    if (!path.endsWith('.ts')) return []
    const name = path.replace(/^src\//, '').replace(/\.ts$/, '.js')
    const output = join(folder, name)
    const key = keyOf([ts.version, JSON.stringify(compilerOptions), path, text])
    keys[name] = key
    mkdirSync(dirname(output), { recursive: true })
    if (earlier?.keys[name] === key) return reuse(join(earlier.folder, name), output)
    const options = { compilerOptions, fileName: path, reportDiagnostics: true }
    const compiled = ts.transpileModule(text, options)
    writeFileSync(output, compiled.outputText)
    writeFileSync(`${output}.map`, compiled.sourceMapText ?? '')
    return compiled.diagnostics ?? []
  })
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys))
  return ts.formatDiagnostics(diagnostics.slice(0, SHOWN_PROBLEMS), {
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => checkout,
    getNewLine: () => '\n'
  })
}

/**
 * What was compiled of unchanged files need not be compiled again: most edits touch one of hundreds.
 * @param {string} checkout
 * @returns {{ folder: string, keys: Readonly<Record<string, string>> } | undefined}
 */
function earlierBuild(checkout) {
  const folder = buildOf(checkout)
  if (folder === undefined) return undefined
  try {
    return { folder, keys: JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) }
  } catch {
    return undefined
  }
}

/**
 * Compiled files never change once they are written, so two builds may share them.
 * @param {string} from
 * @param {string} to
 * @returns {[]}
 */
function reuse(from, to) {
  linkSync(from, to)
  linkSync(`${from}.map`, `${to}.map`)
  return []
}

/** @param {readonly string[]} parts */
function keyOf(parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

/**
 * The project's options, less those that need to know more than one file.
 * @param {typeof import('typescript')} ts
 * @param {string} checkout
 */
function readCompilerOptions(ts, checkout) {
  const file = join(checkout, 'tsconfig.build.json')
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path))
  const host = { ...ts.sys, readDirectory: () => [] }
  const { options } = ts.parseJsonConfigFileContent(config, host, checkout, undefined, file)
  for (const name of ['rootDir', 'outDir', 'moduleResolution'])
    Reflect.deleteProperty(options, name)
  return { ...options, module: ts.ModuleKind.ESNext }
}

/**
 * Lets the link `dist` lead to another build, in one step.
 * @param {string} checkout
 * @param {string} build relative to the checkout
 */
function pointDistAt(checkout, build) {
  const dist = join(checkout, 'dist')
  const next = join(checkout, `.setup/link.${String(process.pid)}`)
  rmSync(next, { force: true })
  symlinkSync(build, next)
  // A folder, where somebody ran the compiler by hand: a link cannot take its place in one step.
  if (lstatSync(dist, { throwIfNoEntry: false })?.isDirectory() === true) {
    rmSync(dist, { recursive: true, force: true })
  }
  renameSync(next, dist)
}

/** @param {string} checkout */
function removeOldBuilds(checkout) {
  const folder = join(checkout, '.setup')
  const builds = readdirSync(folder)
    .filter((name) => name.startsWith('dist-'))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
  for (const { path } of builds.slice(KEPT_BUILDS)) rmSync(path, { recursive: true, force: true })
}
