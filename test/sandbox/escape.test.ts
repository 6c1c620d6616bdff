import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SmallTree } from '../world/small-tree.js'
import { Bait } from './bait.js'
import { compileProbe, verdicts } from './probe.js'

const probe = compileProbe()
const attempts = probe?.attempts ?? []

/** What even a program without any right reaches where nothing holds it. */
const reachedOutside = [
  'a file by its name',
  'a file by the working directory',
  'a process in the list of processes',
  'a process by a signal',
  'shared memory',
  'a server on the loopback address',
  "a server at the machine's address",
  'an abstract socket',
  'a socket by its name',
  "a process's priority",
  'a process by a descriptor'
]

const runtimes = (['crun', 'runc'] as const).filter((name) => {
  return ['/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, name)))
})

const cases = runtimes.flatMap((runtime) => ['0:0', '1234:1234'].map((user) => ({ runtime, user })))

let bait: Bait | undefined

beforeAll(async () => {
  bait = await Bait.lay()
})

afterAll(() => {
  bait?.close()
})

test.skipIf(probe === undefined)('outside of a sandbox the bait is reached', () => {
  const env = bait?.environment('no such folder') ?? {}
  const output = execFileSync(probe?.file ?? '', reachedOutside, { encoding: 'utf8', env })
  const found = verdicts(output)
  expect([...found.keys()].sort()).toEqual([...reachedOutside].sort())
  expect([...found].filter(([, verdict]) => verdict === 'held')).toEqual([])
})

describe.skipIf(probe === undefined).each(cases)(
  'in a step of $runtime, as $user, nothing is reached:',
  ({ runtime, user }) => {
    let found: ReadonlyMap<string, string>

    beforeAll(async () => {
      found = verdicts(await probedStep(runtime, user))
    })

    test.for(attempts)('%s', (name) => {
      expect(found.get(name)).toBe('held')
    })
  }
)

/** What the probe prints when it is a build's step. */
async function probedStep(runtime: string, user: string): Promise<string> {
  const tree = new SmallTree()
  const environment = Object.entries(bait?.environment(tree.home) ?? {})
  tree.add(
    'probed',
    [
      'FROM scratch',
      'COPY --chmod=0755 probe /probe',
      ...environment.map(([name, value]) => `ENV ${name}="${value}"`),
      `USER ${user}`,
      'RUN --network=none ["/probe"]',
      ''
    ].join('\n')
  )
  copyFileSync(probe?.file ?? '', join(tree.root, 'packages/user/probed/probe'))
  const { status, stderr } = await tree.runWith({ STAGEX_RUNTIME: runtime }, 'build', 'probed')
  expect(status, stderr).toBe(0)
  return readFileSync(join(tree.home, 'logs/user-probed.log'), 'utf8')
}
