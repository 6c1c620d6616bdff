import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unpackImage } from '../world/bootstrap-images.js'
import { isStored, layStoredImage } from '../world/stored-image.js'

/** They take half an hour to build from stage3, so that they are tried where they have been built. */
const images = ['binutils', 'busybox', 'make'].map((name) => `bootstrap-stage3-aarch64-${name}`)
const emulator = 'qemu-aarch64-static'

const areBuilt = images.every(isStored)
const canRun = spawnSync(emulator, ['--version']).status === 0

const folder = mkdtempSync(join(tmpdir(), 'stagex-stage3-aarch64-'))
const system = join(folder, 'system')
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs a program on an emulated processor. */
function emulate(program: string, ...args: readonly string[]): { status: number; said: string } {
  const ran = spawnSync(emulator, [program, ...args], { cwd: folder, encoding: 'utf8' })
  expect(ran.stderr).toBe('')
  return { status: ran.status ?? -1, said: ran.stdout }
}

/** Ends with the status 42. */
const assembly = `
  .globl _start
_start:
  mov x0, #42
  mov x8, #93
  svc #0
`

describe.skipIf(!areBuilt || !canRun)('what stage3 is for aarch64', () => {
  beforeAll(async () => {
    for (const image of images) {
      await unpackImage(layStoredImage(image, join(folder, 'out')), system)
    }
  })

  it('has a shell, which counts and knows where it runs', () => {
    const busybox = join(system, 'bin/busybox')
    expect(emulate(busybox, 'sh', '-c', 'echo $((6 * 7))')).toEqual({ status: 0, said: '42\n' })
    expect(emulate(busybox, 'uname', '-m')).toEqual({ status: 0, said: 'aarch64\n' })
  })

  it('has a make, which follows a Makefile', () => {
    writeFileSync(join(folder, 'Makefile'), 'all: one\n\t@echo two\none:\n\t@echo one\n')
    expect(emulate(join(system, 'usr/bin/make'))).toEqual({ status: 0, said: 'one\ntwo\n' })
  })

  it('has an assembler and a linker, whose program runs', () => {
    writeFileSync(join(folder, 'program.s'), assembly)
    const silent = { status: 0, said: '' }
    expect(emulate(join(system, 'usr/bin/as'), '-o', 'program.o', 'program.s')).toEqual(silent)
    expect(emulate(join(system, 'usr/bin/ld'), '-o', 'program', 'program.o')).toEqual(silent)
    expect(emulate(join(folder, 'program')).status).toBe(42)
  })
})
