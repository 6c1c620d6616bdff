import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type BuiltRow, SmallTree } from '../world/small-tree.js'

const busybox = '/bin/busybox'

/** A package whose one step runs a script in busybox's shell. */
function treeWith(name: string, script: string, mount = ''): SmallTree {
  const tree = new SmallTree()
  const run = `RUN --network=none ${mount} ["/bin/sh", "-c", ${JSON.stringify(script)}]`
  tree.add(
    name,
    ['FROM scratch', 'COPY busybox /bin/sh', 'COPY busybox /bin/busybox', run, ''].join('\n')
  )
  copyFileSync(busybox, join(tree.root, 'packages/user', name, 'busybox'))
  return tree
}

async function outcomeOf(tree: SmallTree, ...words: string[]): Promise<BuiltRow | undefined> {
  return (await tree.build('greedy', ...words)).get('user-greedy')
}

describe.skipIf(!existsSync(busybox))('a step that takes all it can get', () => {
  it('runs out of processes, and the machine does not', async () => {
    const tree = treeWith('greedy', 'while :; do /bin/busybox sleep 600 & done')
    const row = await outcomeOf(tree, '--step-timeout', '60')
    expect(row?.error).toMatchObject({ code: 'build/run-failed' })
    expect(row?.error?.found).toContain('fork')
  })

  it.each([
    ['/dev/shm', ''],
    ['/dev', ''],
    ['/small', '--mount=type=tmpfs,target=/small,size=1048576']
  ])('runs out of room in %s', async (folder, mount) => {
    const script = `/bin/busybox dd if=/dev/zero of=${folder}/all bs=65536`
    const row = await outcomeOf(treeWith('greedy', script, mount))
    expect(row?.error).toMatchObject({ code: 'build/run-failed' })
    expect(row?.error?.found).toContain('No space left on device')
  })

  it('runs out of time where there is a limit, with all that it started', async () => {
    const tree = treeWith('greedy', '/bin/busybox sleep 600 & trap "" TERM; /bin/busybox sleep 600')
    const begin = performance.now()
    const row = await outcomeOf(tree, '--step-timeout', '1')
    expect(row?.error).toMatchObject({ code: 'sandbox/time-limit' })
    expect(performance.now() - begin).toBeLessThan(50_000)
  })

  it('runs out of memory where there is a limit', async () => {
    const tree = treeWith('greedy', '/bin/busybox dd if=/dev/zero of=/dev/null bs=512M count=1')
    expect((await outcomeOf(tree))?.outcome).toBe('built')
    const row = await outcomeOf(tree, '--no-cache', '--step-memory', '128')
    expect(row?.error).toMatchObject({ code: 'build/run-failed' })
  })
})
