import { describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

const says = (name: string): string =>
  `FROM scratch\nCOPY hex0-seed /\nRUN --network=none ["/hex0-seed", "/${name}", "/made"]\n`

describe('stagex log', () => {
  it('prints what the last build of an image said, and what the one before it said', async () => {
    const tree = new SmallTree()
    tree.add('sample', says('first'))
    await tree.build('sample')
    tree.add('sample', says('second'))
    await tree.build('sample')
    const last = await tree.run('log', 'sample')
    expect(last.status).toBe(0)
    expect(last.stdout).toContain('/second')
    expect(last.stdout).not.toContain('/first')
    const previous = await tree.run('log', '--previous', 'sample')
    expect(previous.stdout).toContain('/first')
  })

  it('prints the log of one image, and of no image of a stage by chance', async () => {
    const tree = new SmallTree()
    for (const name of ['first', 'second']) tree.add(name, says(name))
    await tree.build('user')
    expect(await tree.errorOf('log', 'user')).toMatchObject({
      code: 'cli/bad-usage',
      found: 'user-first user-second'
    })
    expect((await tree.run('log', 'user')).status).toBe(2)
  })

  it('says so where an image was never built', async () => {
    const tree = new SmallTree()
    tree.add('sample', says('first'))
    expect(await tree.errorOf('log', 'sample')).toMatchObject({ code: 'cli/no-log' })
    expect((await tree.run('log', 'sample')).status).toBe(1)
  })
})
