// TypeScript to JavaScript, without checking types, which is the tests' business: a start after an edit should
// not wait for it. What belongs together is put into one file, because a start's time goes by the number of
// files that Node has to find and open.
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'

/** Builds that stay, so that a program that runs from one still finds its modules. */
const KEPT_BUILDS = 20

const SHOWN_PROBLEMS = 10

/**
 * The files that are started by name: the program itself, and what it starts in a user namespace or as a
 * thread. Each becomes one file. The program's own lies in the folder from which others are named.
 */
const PROGRAMS = [
  { source: 'cli/main', file: 'build/main' },
  { source: 'oci/gzip/section-worker', file: 'oci/gzip/section-worker' },
  { source: 'build/worker/worker', file: 'build/worker/worker-program' },
  { source: 'build/worker/remove-script', file: 'build/worker/remove-script' },
  { source: 'build/worker/garbage-script', file: 'build/worker/garbage-script' }
]

/**
 * Compiles the sources into a folder named after their content and lets `dist` lead there. Nothing that a
 * running program may have open is changed, and no half-made build is ever seen.
 * @param {string} checkout
 * @param {import('./freshness.cjs').Sources} sources
 * @returns {Promise<string | undefined>} why it failed
 */
export async function compile(checkout, sources) {
  const name = `dist-${sources.content.slice(0, 16)}`
  const target = join(checkout, '.setup', name)
  const work = `${target}.${String(process.pid)}`
  // An edit that was taken back: the earlier build is still there, and complete, or it had no such name.
  if (!existsSync(target)) {
    const problems = await compileInto(checkout, sources, work)
    if (problems !== '') {
      rmSync(work, { recursive: true })
      return `${problems}error: the sources do not compile\n  [launch/syntax]\n`
    }
    renameSync(work, target)
  }
  pointDistAt(checkout, `.setup/${name}`)
  removeOldBuilds(checkout)
  return undefined
}

/**
 * @param {string} checkout
 * @param {import('./freshness.cjs').Sources} sources
 * @param {string} folder
 * @returns {Promise<string>} the errors found, for people
 */
async function compileInto(checkout, sources, folder) {
  mkdirSync(folder, { recursive: true })
  /** @type {typeof import('esbuild')} */
  const esbuild = createRequire(join(checkout, 'package.json'))('esbuild')
  const programs = PROGRAMS.filter(({ source }) => sources.files.has(`src/${source}.ts`))
  try {
    await esbuild.build({
      absWorkingDir: checkout,
      entryPoints: programs.map(({ source, file }) => ({ in: `src/${source}.ts`, out: file })),
      outdir: folder,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      // What is only ASCII takes half the memory, and is read as it is.
      charset: 'ascii',
      logLevel: 'silent',
      define: { 'import.meta.url': 'stagexFileUrl' },
      banner: { js: "const stagexFileUrl = require('node:url').pathToFileURL(__filename).href;" },
      plugins: [readOnce(checkout, sources)]
    })
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
    writeWorker(checkout, folder)
    return ''
  } catch (error) {
    return problemsOf(esbuild, error)
  }
}

/**
 * The worker starts for every build, so it too is loaded with the code that is known of it.
 * @param {string} checkout
 * @param {string} folder
 */
function writeWorker(checkout, folder) {
  const loader = 'load-program.cjs'
  copyFileSync(join(checkout, 'src/cli/launch', loader), join(folder, loader))
  const start = [
    `const { loadProgram } = require('../../${loader}')`,
    "loadProgram(require('node:path').join(__dirname, 'worker-program.js'), 'any')",
    ''
  ]
  mkdirSync(join(folder, 'build/worker'), { recursive: true })
  writeFileSync(join(folder, 'build/worker/worker.js'), start.join('\n'))
}

/**
 * What is compiled is what was hashed, even where somebody edits it meanwhile.
 * @param {string} checkout
 * @param {import('./freshness.cjs').Sources} sources
 * @returns {import('esbuild').Plugin}
 */
function readOnce(checkout, sources) {
  return {
    name: 'read-once',
    setup: (build) => {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = sources.files.get(relative(checkout, path))
        return contents === undefined ? undefined : { contents, loader: 'ts' }
      })
    }
  }
}

/**
 * @param {typeof import('esbuild')} esbuild
 * @param {unknown} error
 */
function problemsOf(esbuild, error) {
  if (!(error instanceof Error) || !('errors' in error)) throw error
  const errors = /** @type {import('esbuild').Message[]} */ (error.errors)
  return esbuild
    .formatMessagesSync(errors.slice(0, SHOWN_PROBLEMS), { kind: 'error', color: false })
    .join('')
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
