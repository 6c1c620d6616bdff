import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SmallTree } from '../world/small-tree.js'
import { Bait } from './bait.js'
import { compileProbe, verdicts } from './probe.js'

const busybox = '/bin/busybox'
const probe = compileProbe()

/** Goes on changing what COPY will write to, as long as it lives: a link out, a folder, and so on. */
function changing(folder: string): string {
  const turn = ['rm -rf /t', `ln -s ${folder} /t`, 'rm -f /t', 'mkdir /t'].map(
    (c) => `/busybox ${c}`
  )
  const loop = `while :; do ${turn.join('; ')}; done`
  return `(trap '' HUP TERM; ${loop}) </dev/null >/dev/null 2>&1 & /busybox sleep 0.2`
}

test.skipIf(probe === undefined || !existsSync(busybox))(
  'what a step leaves running is gone before the next one writes where it wrote',
  async () => {
    const bait = await Bait.lay()
    const tree = new SmallTree()
    const round = [
      `RUN --network=none ["/busybox", "sh", "-c", "${changing(bait.folder)}"]`,
      'COPY text /t/secret',
      'RUN --network=none ["/probe", "a process in the list of processes"]'
    ]
    const rounds = Array.from({ length: 4 }, () => round).flat()
    const image = ['FROM scratch', 'COPY --chmod=0755 busybox probe /', ...rounds, '']
    tree.add('racing', image.join('\n'))
    const folder = join(tree.root, 'packages/user/racing')
    copyFileSync(busybox, join(folder, 'busybox'))
    copyFileSync(probe?.file ?? '', join(folder, 'probe'))
    writeFileSync(join(folder, 'text'), 'evil')
    const { status, stderr } = await tree.run('build', 'racing')
    expect(status, stderr).toBe(0)
    const log = readFileSync(join(tree.home, 'logs/user-racing.log'), 'utf8')
    expect([...verdicts(log).values()]).toEqual(['held'])
    expect(log.match(/: held$/gm)).toHaveLength(4)
    expect(bait.isUntouched()).toBe(true)
    bait.close()
  }
)
