import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import { repository } from '../house/repository.js'

/** Debian's emulator of a processor for aarch64. */
export const emulator = 'qemu-aarch64-static'

export const canEmulate = spawnSync(emulator, ['--version']).status === 0

/** The folder of the programs that stage3 is tried with: one that finds something wrong ends with another status than 0. */
export const programs = join(repository, 'packages/bootstrap/stage3-proof/programs')

/** Runs a program in a folder on an emulated processor, to a good end, and gives what it says. */
export function emulate(folder: string, ...command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(emulator, command, { cwd: folder, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  return stdout
}
