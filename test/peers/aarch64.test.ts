import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unpackImage } from '../world/bootstrap-images.js'
import { isStored, layStoredImage } from '../world/stored-image.js'
import { canEmulate, emulate, programs } from './emulator.js'

/** Takes ten minutes to build from stage3, so that it is tried where it has been built. */
const image = 'bootstrap-aarch64-gcc'

const isBuilt = isStored(image)

const folder = mkdtempSync(join(tmpdir(), 'stagex-aarch64-'))
const system = join(folder, 'system')
const sources = readdirSync(programs).filter((name) => /\.cc?$/.test(name))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Compiles one of the programs that stage3 is tried with, and gives its path. */
function compile(source: string, ...options: readonly string[]): string {
  const [compiler, standard] = source.endsWith('.cc') ? ['g++', 'gnu++20'] : ['gcc', 'gnu17']
  const program = join(folder, 'program')
  const { status, stderr } = spawnSync(
    join(system, `usr/bin/aarch64-unknown-linux-musl-${compiler}`),
    [
      ...[`--sysroot=${join(system, 'aarch64')}`, `-std=${standard}`, ...options],
      ...['-o', program, join(programs, source), '-lm']
    ],
    { encoding: 'utf8' }
  )
  expect(status, stderr).toBe(0)
  return program
}

/** A shared program, by the loader itself: the path in it leads to where the image would be the root. */
function emulateShared(program: string): void {
  const libraries = join(system, 'usr/aarch64-unknown-linux-musl/lib64')
  emulate(folder, join(system, 'aarch64/usr/lib/libc.so'), '--library-path', libraries, program)
}

describe.skipIf(!isBuilt || !canEmulate)('the compiler for aarch64', () => {
  beforeAll(async () => {
    await unpackImage(layStoredImage(image, join(folder, 'out')), system)
  })

  it.for(sources)('makes %s, which runs', { timeout: 120_000 }, (source) => {
    for (const level of ['-O0', '-O2']) emulate(folder, compile(source, level, '-static'))
  })

  it.for(sources)('makes %s with shared libraries, which runs', { timeout: 120_000 }, (source) => {
    emulateShared(compile(source, '-O2', '-fPIE', '-pie'))
  })
})
