import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'
import { watchMemory } from './peak-memory.js'

const gibibyte = 2 ** 30

describe('a build context', () => {
  it('of 1 GiB is built in less than 300 MB of memory', { timeout: 600_000 }, async () => {
    const tree = new SmallTree()
    tree.add('heavy', 'FROM scratch\nCOPY large many /\n')
    const context = join(tree.root, 'packages/user/heavy')
    writeFileSync(join(context, 'large'), '')
    truncateSync(join(context, 'large'), gibibyte)
    mkdirSync(join(context, 'many'))
    for (let count = 0; count < 2000; count++) {
      writeFileSync(join(context, 'many', `file${count}`), String(count).repeat(1000))
    }
    const build = tree.start('--json', 'build', 'heavy')
    const stop = watchMemory(build.pid)
    const { status, stderr } = await build.ended
    expect(status, stderr).toBe(0)
    const peak = stop()
    expect(peak).toBeGreaterThan(20e6)
    expect(peak).toBeLessThan(300e6)
  })
})
