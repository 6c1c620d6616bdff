import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Finished } from '../../src/base/process.js'

const repository = resolve(import.meta.dirname, '../..')

/** A checkout with the real launcher, a program of a few lines, and an npm that only writes down its calls. */
export interface SampleCheckout {
  readonly folder: string
  /** A folder with the stand-in for npm and nothing else. */
  readonly programs: string
  /** How often npm was called. */
  npmCalls(): number
  write(path: string, text: string): void
}

/** Makes a checkout that has never been used. */
export function sampleCheckout(): SampleCheckout {
  const parent = mkdtempSync(join(tmpdir(), 'stagex-launch-'))
  const folder = join(parent, 'checkout')
  const programs = join(parent, 'programs')
  const calls = join(parent, 'npm-calls')
  chmodSync(parent, 0o755)
  mkdirSync(programs)
  for (const path of ['stagex', 'src/cli/launch', 'tsconfig.json']) {
    cpSync(join(repository, path), join(folder, path), { recursive: true })
  }
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('package.json', '{ "name": "sample", "type": "module" }\n')
  write('package-lock.json', '{ "packages": { "": {}, "node_modules/esbuild": {} } }\n')
  write('src/cli/main.ts', sampleProgram('sample'))
  writeFileSync(calls, '')
  writeFileSync(join(programs, 'npm'), npmStandIn(calls), { mode: 0o755 })
  return { folder, programs, npmCalls: () => readFileSync(calls, 'utf8').length, write }
}

/** A program that prints its name, its checkout and its arguments. */
export function sampleProgram(name: string): string {
  return `export function main(checkout: string): void {
  process.stdout.write(JSON.stringify(['${name}', checkout, ...process.argv.slice(2)]))
}
`
}

/** Installs the compiler alone, slowly enough for two calls at once to overlap. */
function npmStandIn(calls: string): string {
  return `#!/bin/sh
[ "$1" = ci ] || exit 9
printf x >>${calls}
rm -rf node_modules
mkdir node_modules
sleep 0.2
ln -s ${join(repository, 'node_modules/esbuild')} node_modules/esbuild
`
}

/** How a program is started in these tests. */
interface Call {
  readonly cwd?: string
  readonly path?: string
  readonly uid?: number
}

/** Runs a program to its end, as another user if asked to. */
export function call(program: string, args: readonly string[], how: Call = {}): Promise<Finished> {
  return new Promise((resolveWith, reject) => {
    const child = spawn(program, [...args], {
      cwd: how.cwd,
      env: { ...process.env, PATH: how.path ?? process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(how.uid !== undefined && { uid: how.uid, gid: how.uid })
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString('utf8')))
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString('utf8')))
    child.on('error', reject)
    child.on('close', (status) => {
      resolveWith({ status: status ?? -1, stdout, stderr })
    })
  })
}
