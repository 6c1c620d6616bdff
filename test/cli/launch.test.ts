import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type SampleCheckout, call, sampleCheckout, sampleProgram } from './sample-checkout.js'

const isRoot = process.getuid?.() === 0
const nobody = 65534

let checkout: SampleCheckout

beforeEach(() => {
  checkout = sampleCheckout()
  return () => {
    rmSync(join(checkout.folder, '..'), { recursive: true })
  }
})

/** Calls the sample's launcher with the stand-in npm first in PATH. */
function launch(...args: string[]): ReturnType<typeof call> {
  return call(join(checkout.folder, 'stagex'), args, { path: path() })
}

function path(): string {
  return `${checkout.programs}:${process.env['PATH'] ?? ''}`
}

/** The machine code that was kept of the compiled program. */
function codeFiles(): string[] {
  const folder = join(checkout.folder, 'dist/build')
  const names = readdirSync(folder).filter((name) => name.endsWith('.code'))
  return names.map((name) => join(folder, name))
}

describe('the first use of a checkout', () => {
  it('installs, compiles and runs the program with its arguments', async () => {
    const { status, stdout, stderr } = await launch('build', 'a name')
    expect(stderr).toMatch(/^Installing npm dependencies \u2026 .* s\nCompiling \u2026 .* s\n$/)
    expect(JSON.parse(stdout)).toEqual(['sample', checkout.folder, 'build', 'a name'])
    expect(status).toBe(0)
  })

  it('is safe twice at once: the work is done once', async () => {
    const both = await Promise.all([launch(), launch()])
    expect(both.map(({ status }) => status)).toEqual([0, 0])
    expect(checkout.npmCalls()).toBe(1)
  })

  it('goes on after kill -9 in the middle of an installation', async () => {
    const child = spawn(join(checkout.folder, 'stagex'), [], {
      env: { ...process.env, PATH: path() },
      stdio: 'ignore',
      detached: true
    })
    await vi.waitUntil(() => checkout.npmCalls() === 1, { timeout: 20_000, interval: 5 })
    process.kill(-(child.pid ?? 0), 'SIGKILL')
    expect((await launch()).status).toBe(0)
    expect(checkout.npmCalls()).toBe(2)
  })

  it('says what npm complains of, and does the work at the next call', async () => {
    const npm = join(checkout.programs, 'npm')
    const good = readFileSync(npm)
    checkout.write('../programs/npm', '#!/bin/sh\necho "npm error network is away" >&2\nexit 1\n')
    const failed = await launch()
    expect(failed.status).toBe(2)
    expect(failed.stderr).toContain('npm error network is away')
    expect(failed.stderr).toContain('[launch/npm-failed]')
    checkout.write('../programs/npm', good.toString('utf8'))
    expect((await launch()).status).toBe(0)
  })
})

describe('a later use', () => {
  beforeEach(async () => {
    await launch()
  })

  it('does nothing but run', async () => {
    const { stderr } = await launch()
    expect(stderr).toBe('')
    expect(checkout.npmCalls()).toBe(1)
  })

  it('keeps certificates from the start of Node, not from the program', async () => {
    const program = `export function main(): void {
      const names = Object.keys(process.env).filter((name) => name.endsWith('EXTRA_CA_CERTS'))
      process.stdout.write(JSON.stringify(names.map((name) => [name, process.env[name]])))
    }\n`
    checkout.write('src/cli/main.ts', program)
    await launch()
    // Node complains of a file that it cannot read.
    const variable = 'NODE_EXTRA_CA_CERTS=/nowhere/certificates.pem'
    const { stdout, stderr } = await call('env', [variable, join(checkout.folder, 'stagex')])
    expect(JSON.parse(stdout)).toEqual([variable.split('=')])
    expect(stderr).toBe('')
  })

  it('works through a chain of links, from any folder', async () => {
    const elsewhere = join(checkout.programs, 'bin')
    mkdirSync(elsewhere)
    symlinkSync('../checkout/stagex', join(checkout.programs, 'first'))
    symlinkSync('../first', join(elsewhere, 'stagex'))
    const { stdout } = await call('./stagex', [], { cwd: elsewhere, path: path() })
    expect(JSON.parse(stdout)).toEqual(['sample', checkout.folder])
  })

  it('compiles again after an edit, even one that keeps size and modification time', async () => {
    const file = join(checkout.folder, 'src/cli/main.ts')
    const { size, atime, mtime } = statSync(file)
    checkout.write('src/cli/main.ts', sampleProgram('edited'))
    utimesSync(file, atime, mtime)
    expect(statSync(file).size).toBe(size)
    const { stdout, stderr } = await launch()
    expect(stderr).toMatch(/^Compiling \u2026 .* s\n$/)
    expect(JSON.parse(stdout)).toEqual(['edited', checkout.folder])
  })

  it('keeps the earlier program for those who run it, and goes back to it with the edit', async () => {
    const first = readlinkSync(join(checkout.folder, 'dist'))
    checkout.write('src/cli/main.ts', sampleProgram('edited'))
    await launch()
    expect(readlinkSync(join(checkout.folder, 'dist'))).not.toBe(first)
    checkout.write('src/cli/main.ts', sampleProgram('sample'))
    await launch()
    expect(readlinkSync(join(checkout.folder, 'dist'))).toBe(first)
  })

  it('installs again when the lock file asks for something else', async () => {
    checkout.write(
      'package-lock.json',
      '{ "packages": { "node_modules/esbuild": {}, "node_modules/another": { "version": "2.0.0" } } }'
    )
    await launch()
    expect(checkout.npmCalls()).toBe(2)
  })

  it('leaves alone what a developer installed by hand', async () => {
    const lock =
      '{ "packages": { "node_modules/esbuild": {}, "node_modules/another": { "version": "2.0.0" } } }'
    checkout.write('package-lock.json', lock)
    checkout.write('node_modules/.package-lock.json', lock)
    const { status } = await launch()
    expect(status).toBe(0)
    expect(checkout.npmCalls()).toBe(1)
  })

  it('names the place of a syntax error, and runs nothing old', async () => {
    checkout.write('src/cli/main.ts', 'export function main( {\n')
    const { status, stdout, stderr } = await launch()
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('src/cli/main.ts:2:0:')
    expect(stderr).toContain('[launch/syntax]')
  })

  it('keeps the code that was compiled at the first run of a use', async () => {
    await launch()
    const kept = codeFiles()
    expect(kept).toHaveLength(1)
    const before = statSync(kept[0] ?? '').ino
    await launch()
    expect(statSync(kept[0] ?? '').ino).toBe(before)
  })

  it.each(['damaged', 'cut', 'empty'])('makes %s code again', async (how) => {
    await launch()
    const [file = ''] = codeFiles()
    const good = readFileSync(file)
    const damaged = Buffer.from(good)
    damaged[Math.floor(good.length / 2)] = (good[Math.floor(good.length / 2)] ?? 0) ^ 0xff
    writeFileSync(file, { damaged, cut: good.subarray(0, 700), empty: '' }[how] ?? '')
    const { status, stderr, stdout } = await launch()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(['sample', checkout.folder])
    expect(readFileSync(file).subarray(32).length).toBeGreaterThan(700)
    expect(readFileSync(file)).not.toEqual(damaged)
  })

  it('mends a program folder that somebody compiled by hand', async () => {
    rmSync(join(checkout.folder, 'dist'))
    mkdirSync(join(checkout.folder, 'dist/cli'), { recursive: true })
    checkout.write('dist/cli/main.js', 'throw new Error("old")')
    expect((await launch()).status).toBe(0)
  })
})

describe.skipIf(!isRoot)('a checkout of somebody else', () => {
  it('runs where it is set up, also after its files were copied', async () => {
    await launch()
    const copy = join(checkout.folder, '../copy')
    cpSync(checkout.folder, copy, { recursive: true, verbatimSymlinks: true })
    const { status, stderr } = await call(join(copy, 'stagex'), [], { uid: nobody, path: path() })
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  it('is not touched where it is not set up: the person learns what to do', async () => {
    const { status, stderr } = await call(join(checkout.folder, 'stagex'), [], {
      uid: nobody,
      path: path()
    })
    expect(status).toBe(2)
    expect(stderr).toContain('nobody may not write to it')
    expect(stderr).toContain(`${checkout.folder}/stagex --version`)
    expect(stderr).toContain('[launch/read-only]')
  })
})
