import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { type CompiledFilter, compiledFilter } from '../../src/build/run/seccomp/compiled-filter.js'
import { openSession } from '../../src/build/store/session.js'
import { openStore } from '../../src/build/store/store.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagex-filter-'))
  writeFileSync(join(folder, 'crun'), 'a program')
  return () => {
    rmSync(folder, { recursive: true })
  }
})

/** What a sandbox of a new build is told. */
function filterOfNextSandbox(session: string, state = '/state'): CompiledFilter {
  const store = openStore(join(folder, 'home'), session)
  mkdirSync(store.sessions, { recursive: true })
  const opened = openSession(store.sessions, session, 0)
  mkdirSync(join(opened.folder, 'memory'))
  return compiledFilter(store, opened, join(folder, 'crun'), state, 'step')
}

/** Does what the hook does when a sandbox runs. */
function copyProgram(filter: CompiledFilter, program: Buffer): void {
  const copy = filter.config.hooks?.['poststart']?.[0]?.args.at(-1) ?? ''
  writeFileSync(copy, program)
}

const program = Buffer.alloc(16, 7)

describe('the filter program of the first sandbox', () => {
  it('is copied while the sandbox runs, and handed to the next one', () => {
    const first = filterOfNextSandbox('a')
    expect(first.config.hooks?.['poststart']?.[0]?.args).toContain('/state/step/seccomp.bpf')
    copyProgram(first, program)
    first.keep()
    const { annotations, hooks } = filterOfNextSandbox('b').config
    expect(hooks).toBeUndefined()
    expect(annotations).toEqual({ 'run.oci.seccomp_bpf_data': program.toString('base64') })
  })

  it('is copied by a hook that reads all it is sent, for a runtime fails where a hook does not', async () => {
    const state = join(folder, 'state')
    mkdirSync(join(state, 'step'), { recursive: true })
    writeFileSync(join(state, 'step', 'seccomp.bpf'), program)
    const first = filterOfNextSandbox('a', state)
    const hook = first.config.hooks?.['poststart']?.[0]
    const child = spawn(hook?.path ?? '', hook?.args.slice(1) ?? [], { argv0: hook?.args[0] })
    // More than a pipe holds, so that a hook that does not read it cannot go unnoticed.
    const sent = pipeline(Readable.from([Buffer.alloc(1_000_000)]), child.stdin)
    await expect(sent).resolves.toBeUndefined()
    await once(child, 'exit')
    first.keep()
    expect(filterOfNextSandbox('b').config.annotations).toBeDefined()
  })

  it.each([
    ['empty', Buffer.alloc(0)],
    ['cut within an instruction', Buffer.alloc(17)],
    ['longer than the kernel takes', Buffer.alloc(8 * 4097)]
  ])('is not kept when it is %s', (_how, broken) => {
    const first = filterOfNextSandbox('a')
    copyProgram(first, broken)
    first.keep()
    expect(filterOfNextSandbox('b').config.annotations).toBeUndefined()
  })

  it('is not kept when the sandbox never ran', () => {
    filterOfNextSandbox('a').keep()
    expect(filterOfNextSandbox('b').config.annotations).toBeUndefined()
  })

  it('is not handed to another crun', () => {
    const first = filterOfNextSandbox('a')
    copyProgram(first, program)
    first.keep()
    writeFileSync(join(folder, 'crun'), 'a newer program')
    expect(filterOfNextSandbox('b').config.annotations).toBeUndefined()
  })
})
