import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

const busybox = '/bin/busybox'

/** A tree with one package, which has busybox in its context. */
function treeWith(containerfile: string): SmallTree {
  const tree = new SmallTree()
  tree.add('stages', containerfile)
  copyFileSync(busybox, join(tree.root, 'packages/user/stages/busybox'))
  return tree
}

/** A stage whose RUN takes long enough for the other one's to begin meanwhile. */
function slowStage(name: string): string {
  return `FROM scratch AS ${name}
COPY busybox /bin/sh
RUN --network=none ["/bin/sh", "-c", "echo ${name} begins; sleep 3; echo ${name} > /${name}"]
`
}

const bothStages = `${slowStage('one')}${slowStage('two')}
FROM scratch
COPY --from=one /one /
COPY --from=two /two /
`

describe.skipIf(!existsSync(busybox))('stages that do not need each other', () => {
  it('run at the same time, and each step’s output is told apart in the log', async () => {
    const tree = treeWith(bothStages)
    const { status, stderr } = await tree.run('build', 'stages', '--jobs', '2')
    expect(stderr).toContain('[one]')
    expect(status).toBe(0)
    const log = readFileSync(join(tree.home, 'logs/user-stages.log'), 'utf8')
    const lines = log.split('\n')
    const begun = lines.flatMap((line, index) => (line.includes('RUN /bin/sh') ? [index] : []))
    const firstDone = lines.findIndex(
      (line, index) => index > (begun[0] ?? 0) && line === '--- 3 done'
    )
    expect(begun).toHaveLength(2)
    expect(begun[1]).toBeLessThan(firstDone)
    expect(log).toMatch(/^--- 3\/6 .*\n(.*\n)*?one begins|^--- 3 goes on\none begins/m)
    expect([...log.matchAll(/^--- \d+ done$/gm)]).toHaveLength(6)
  })

  it('begin nothing more after one has failed, and what failed is told once', async () => {
    const tree = treeWith(`FROM scratch AS bad
COPY busybox /bin/sh
RUN --network=none ["/bin/sh", "-c", "exit 7"]
FROM scratch AS slow
COPY busybox /bin/sh
RUN --network=none ["/bin/sh", "-c", "sleep 2"]
RUN --network=none ["/bin/sh", "-c", "echo never"]
FROM scratch
COPY --from=bad /bin/sh /a
COPY --from=slow /bin/sh /b
`)
    const { status, stderr } = await tree.run('build', 'stages', '--jobs', '2')
    expect(status).toBe(1)
    expect(stderr.match(/\[build\/run-failed\]/g)).toHaveLength(1)
    const log = readFileSync(join(tree.home, 'logs/user-stages.log'), 'utf8')
    expect(log).toContain('sleep 2')
    expect(log).not.toContain('echo never')
  })
})
