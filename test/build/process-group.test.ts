import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeProcessGroup, removeProcessGroup } from '../../src/build/namespace/process-group.js'
import { sessionName } from '../../src/build/store/session.js'

const own = sessionName(process.pid)
const probe = process.getuid?.() === 0 ? makeProcessGroup(own, 0) : undefined
if (probe !== undefined) removeProcessGroup(probe)

describe.skipIf(probe === undefined)('control groups of builds', () => {
  it('stay while their process lives, also before anything has entered them', () => {
    const first = makeProcessGroup(own, 1) ?? ''
    const second = makeProcessGroup(own, 2) ?? ''
    expect([existsSync(first), existsSync(second)]).toEqual([true, true])
    removeProcessGroup(first)
    removeProcessGroup(second)
    expect([existsSync(first), existsSync(second)]).toEqual([false, false])
  })

  it('are swept by the next build when their process is gone', () => {
    const { pid } = spawnSync('true')
    const [boot, namespace] = own.split('.')
    const parent = dirname(makeProcessGroup(own, 3) ?? '')
    const abandoned = join(parent, `stagex-build-${boot ?? ''}.${namespace ?? ''}.${pid}.1.1`)
    mkdirSync(abandoned)
    const next = makeProcessGroup(own, 4) ?? ''
    expect(existsSync(abandoned)).toBe(false)
    removeProcessGroup(next)
    removeProcessGroup(join(parent, `stagex-build-${own}.3`))
  })
})
