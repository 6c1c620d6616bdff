import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { readLayout } from '../../src/oci/layout-reader.js'
import { SmallTree, seedSteps } from '../world/small-tree.js'

/** STAGEX_KILLS: how many builds are killed; a few are enough to notice a mistake, many to trust it. */
const kills = Number(process.env['STAGEX_KILLS'] ?? '12')

function tree(): SmallTree {
  const small = new SmallTree()
  small.add('greeting', seedSteps)
  return small
}

async function digestOf(small: SmallTree): Promise<string | undefined> {
  const row = (await small.build('greeting')).get('user-greeting')
  const { images } = await readLayout(join(small.root, 'out', 'user-greeting'))
  expect(images[0]?.descriptor.digest).toBe(row?.digest)
  return row?.digest
}

describe('a build that is stopped', () => {
  it(
    'by kill -9 at any moment is finished by the next one with the same digest',
    async () => {
      const small = tree()
      const expected = await digestOf(small)
      const begin = performance.now()
      await small.build('greeting', '--no-cache', '--jobs', '1')
      const whole = performance.now() - begin
      for (let count = 0; count < kills; count++) {
        const build = small.start('build', 'greeting', '--no-cache', '--jobs', '1')
        // Spread over the whole time of a build, start-up and end included.
        await pause((count * 1.1 * whole) / kills)
        build.kill('SIGKILL')
        await build.ended
        if (count % 3 === 0) rmSync(join(small.root, 'out'), { recursive: true, force: true })
        if (count % 4 === 3) expect(await digestOf(small)).toBe(expected)
      }
      expect(await digestOf(small)).toBe(expected)
      expect((await small.build('greeting', '--no-cache')).get('user-greeting')?.digest).toBe(
        expected
      )
      expect(readdirSync(join(small.home, 'sessions'))).toEqual([])
    },
    60_000 + kills * 15_000
  )

  it('by Ctrl-C says so, ends soon and leaves nothing that the next build trips over', async () => {
    const small = tree()
    const build = small.start('build', 'greeting')
    await pause(400)
    build.kill('SIGINT')
    const { status } = await build.ended
    expect(status).not.toBe(0)
    expect(await digestOf(small)).toBe(await digestOf(tree()))
  })
})

describe('two builds at once in one store', () => {
  it('both succeed, with the same digest', async () => {
    const small = tree()
    const ended = await Promise.all([
      small.run('build', 'greeting', '--no-cache', '--out', join(small.home, 'a')),
      small.run('build', 'greeting', '--no-cache', '--out', join(small.home, 'b'))
    ])
    expect(ended.map(({ status }) => status)).toEqual([0, 0])
    expect(ended[0].stdout).toBe(ended[1].stdout)
  })
})
