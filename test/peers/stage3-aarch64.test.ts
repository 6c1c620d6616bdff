import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unpackImage } from '../world/bootstrap-images.js'
import { isStored, layStoredImage } from '../world/stored-image.js'
import { canEmulate, emulate, emulator, programs } from './emulator.js'

/** Takes half an hour to build from stage3, so that it is tried where it has been built. */
const image = 'bootstrap-stage3-aarch64'

const isBuilt = isStored(image)

const folder = mkdtempSync(join(tmpdir(), 'stagex-stage3-aarch64-'))
const system = join(folder, 'system')
const standIns = join(folder, 'stand-ins')
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/**
 * What the compiler starts is started by the kernel, which knows of no emulator: in its place, a script that does.
 * @param path of the program, relative to the image
 */
function standIn(path: string): void {
  const script = join(standIns, path.replace(/^.*\//, ''))
  writeFileSync(script, `#!/bin/sh\nexec ${emulator} ${join(system, path)} "$@"\n`)
  chmodSync(script, 0o755)
}

/** Compiles a program by the emulated compiler, and gives its path. */
function compile(compiler: string, standard: string, source: string, ...options: string[]): string {
  const program = join(folder, 'program')
  emulate(
    folder,
    join(system, 'usr/bin', compiler),
    ...['-B', `${standIns}/`, '-isysroot', system, `-std=${standard}`, '-O1', ...options],
    ...['-o', program, join(programs, source), '-lm']
  )
  return program
}

describe.skipIf(!isBuilt || !canEmulate)('stage3 for aarch64', () => {
  beforeAll(async () => {
    await unpackImage(layStoredImage(image, join(folder, 'out')), system)
    mkdirSync(standIns)
    const version = emulate(folder, join(system, 'usr/bin/gcc'), '-dumpversion').trim()
    for (const name of ['cc1', 'cc1plus', 'collect2']) {
      standIn(`usr/libexec/gcc/aarch64-unknown-linux-musl/${version}/${name}`)
    }
    for (const name of ['as', 'ld']) standIn(`usr/bin/${name}`)
  }, 300_000)

  it('has a shell, which counts and knows where it runs', () => {
    const busybox = join(system, 'bin/busybox')
    expect(emulate(folder, busybox, 'sh', '-c', 'echo $((6 * 7))')).toBe('42\n')
    expect(emulate(folder, busybox, 'uname', '-m')).toBe('aarch64\n')
  })

  it('has a make, which follows a Makefile', () => {
    writeFileSync(join(folder, 'Makefile'), 'all: one\n\t@echo two\none:\n\t@echo one\n')
    expect(emulate(folder, join(system, 'usr/bin/make'))).toBe('one\ntwo\n')
  })

  it('has a C compiler, whose programs run', { timeout: 300_000 }, () => {
    emulate(folder, compile('gcc', 'gnu17', 'numbers.c', '-static'))
  })

  it('has a C++ compiler, whose programs run', { timeout: 600_000 }, () => {
    emulate(folder, compile('g++', 'gnu++20', 'exceptions.cc', '-static'))
  })

  it('has the libraries of a shared program, and says which', { timeout: 600_000 }, () => {
    const program = compile('g++', 'gnu++20', 'exceptions.cc', `-Wl,--sysroot=${system}`)
    const libraries = join(system, 'usr/lib')
    // The loader that the program names is not on this machine: it is given the program instead.
    emulate(folder, join(libraries, 'libc.so'), '--library-path', libraries, program)
    const said = emulate(folder, join(system, 'usr/bin/ldd'), '--library-path', libraries, program)
    expect(said).toContain(`libstdc++.so.6 => ${libraries}/libstdc++.so.6`)
  })
})
