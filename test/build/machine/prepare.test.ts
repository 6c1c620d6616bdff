import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Machine } from '../../../src/build/machine/machine.js'
import { thisMachine } from '../../../src/build/machine/machine.js'
import { MachineError } from '../../../src/build/machine/machine-error.js'
import { prepareMachine } from '../../../src/build/machine/prepare.js'
import { sampleMachine, without } from './sample-machine.js'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stagex-machine-'))
  return () => {
    rmSync(home, { recursive: true })
  }
})

/** A machine that counts how often something is tried on it. */
function counting(given: Partial<Machine> = {}): { machine: Machine; tries: () => number } {
  let tries = 0
  const plain = sampleMachine()
  const run: Machine['run'] = (program, args) => {
    tries += 1
    return plain.run(program, args)
  }
  return { machine: { ...plain, home, run, ...given }, tries: () => tries }
}

describe('a machine that has everything', () => {
  it('is tried out once', async () => {
    const { machine, tries } = counting()
    await prepareMachine(machine, 'all')
    const first = tries()
    expect(first).toBeGreaterThan(0)
    await prepareMachine(machine, 'all')
    expect(tries()).toBe(first)
  })

  it.each([
    ['kernel', { kernelRelease: '6.2.0' }],
    ['user', { uid: 1001, user: 'bob' }],
    ['programs', { findProgram: (name: string) => `/usr/local/bin/${name}` }],
    ['start of the kernel', { readText: () => 'another boot' }]
  ])('is tried out again after a change of the %s', async (_, change) => {
    const { machine, tries } = counting()
    await prepareMachine(machine, 'all')
    const first = tries()
    const changed = { ...machine, ...change }
    await prepareMachine(changed, 'all').catch(() => undefined)
    expect(tries()).toBeGreaterThan(first)
  })

  it('is good enough for images without 32-bit programs, and not the other way round', async () => {
    const { machine, tries } = counting()
    await prepareMachine(machine, 'without-i386')
    const first = tries()
    await prepareMachine(machine, 'all')
    expect(tries()).toBeGreaterThan(first)
  })

  it('is tried out each time where nothing can be remembered', async () => {
    // What is in the way of the stamp is there already.
    mkdirSync(join(home, 'machine-known-good-all/folder'), { recursive: true })
    const { machine, tries } = counting()
    await prepareMachine(machine, 'all')
    const first = tries()
    await prepareMachine(machine, 'all')
    expect(tries()).toBe(2 * first)
  })
})

describe('a machine that lacks something', () => {
  it('is refused with everything that is missing and the one command', async () => {
    const { machine } = counting({ findProgram: without('newuidmap', 'runc', 'crun') })
    const refused = prepareMachine(machine, 'all')
    await expect(refused).rejects.toBeInstanceOf(MachineError)
    await expect(refused).rejects.toMatchObject({
      code: 'machine/incomplete',
      kind: 'usage',
      found: 'id-mapping: no newuidmap\nruntime: no crun, no runc',
      hint: 'Run: sudo apt-get install -y uidmap crun\nstagex doctor shows everything that was looked at.'
    })
  })

  it('is not remembered', async () => {
    const { machine } = counting({ findProgram: without('runc', 'crun') })
    await prepareMachine(machine, 'all').catch(() => undefined)
    expect(readdirSync(home)).toEqual([])
  })

  it('leaves it to the build to say that the store cannot be written', async () => {
    const { machine } = counting({ home: '/proc/none' })
    await expect(prepareMachine(machine, 'all')).resolves.toBeUndefined()
  })

  it('may lack the programs of linux/386 where nothing for it is built', async () => {
    const run: Machine['run'] = (program, args) =>
      program.endsWith('/program')
        ? Promise.reject(new Error('spawn ENOEXEC'))
        : sampleMachine().run(program, args)
    const { machine } = counting({ run })
    await prepareMachine(machine, 'without-i386')
    await expect(prepareMachine(machine, 'all')).rejects.toMatchObject({
      code: 'machine/incomplete'
    })
  })
})

describe('this very machine', () => {
  it('is tried out once, too', async () => {
    const { run } = thisMachine(home, process.env)
    let tries = 0
    const counted: Machine['run'] = (program, args) => {
      tries += 1
      return run(program, args)
    }
    const machine = { ...thisMachine(home, process.env), run: counted }
    await prepareMachine(machine, 'all')
    const first = tries
    await prepareMachine(machine, 'all')
    expect(first).toBeGreaterThan(0)
    expect(tries).toBe(first)
  })
})
