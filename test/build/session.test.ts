import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { endedSessions, sessionName } from '../../src/build/store/session.js'

function sessionsWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-sessions-'))
  for (const name of names) mkdirSync(join(folder, name))
  return folder
}

describe('sessions', () => {
  it('of a running process are left alone', () => {
    const own = sessionName(process.pid)
    expect(endedSessions(sessionsWith(own))).toEqual([])
  })

  it('of a process that is gone are swept', () => {
    const { pid } = spawnSync('true')
    const [boot, namespace] = sessionName(process.pid).split('.')
    const gone = `${boot ?? ''}.${namespace ?? ''}.${pid}.12345`
    expect(endedSessions(sessionsWith(gone))).toEqual([gone])
  })

  it('of a process whose number was given to another one are swept', () => {
    const [boot, namespace, pid, start] = sessionName(process.pid).split('.')
    const earlier = `${boot ?? ''}.${namespace ?? ''}.${pid ?? ''}.${Number(start) - 1}`
    expect(endedSessions(sessionsWith(earlier))).toEqual([earlier])
  })

  it('of an earlier boot are swept', () => {
    const [, ...rest] = sessionName(process.pid).split('.')
    const earlier = ['00000000', ...rest].join('.')
    expect(endedSessions(sessionsWith(earlier))).toEqual([earlier])
  })

  it('of another process-id namespace are left alone, because nothing is known of their process', () => {
    const [boot, , pid, start] = sessionName(process.pid).split('.')
    const elsewhere = [boot, '1', pid, `${start ?? ''}1`].join('.')
    expect(endedSessions(sessionsWith(elsewhere))).toEqual([])
  })
})
