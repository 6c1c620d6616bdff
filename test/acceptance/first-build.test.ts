import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Newcomer, newRoot, newUser } from './new-machine.js'

/** What a fresh clone is for: the first command of the README, as two different people, twice. */
const minutes = 60_000

/** Image names with their digests. */
type Digests = Readonly<Record<string, string | undefined>>

interface Summary {
  readonly images: readonly { image: string; outcome: string; digest?: string }[]
}

function build(person: Newcomer): { digests: Digests; outcomes: Set<string> } {
  const { images } = JSON.parse(person.run('./stagex', 'build', 'user-hello', '--json')) as Summary
  return {
    digests: Object.fromEntries(images.map(({ image, digest }) => [image, digest])),
    outcomes: new Set(images.map(({ outcome }) => outcome))
  }
}

describe.skipIf(process.getuid?.() !== 0)('user-hello in a fresh clone', () => {
  let root: Newcomer
  let user: Newcomer

  beforeAll(() => {
    root = newRoot()
    user = newUser()
  }, 2 * minutes)

  afterAll(() => {
    root.remove()
    user.remove()
  }, 2 * minutes)

  it(
    'has the same digests for root and for an ordinary user, at the first and at the second build',
    () => {
      const first = build(root)
      expect(Object.keys(first.digests)).toEqual(['bootstrap-stage0', 'user-hello'])
      expect(Object.values(first.digests)).not.toContain(undefined)
      expect(build(user).digests).toEqual(first.digests)
      const again = [build(root), build(user)]
      for (const { digests, outcomes } of again) {
        expect(digests).toEqual(first.digests)
        expect(outcomes).toEqual(new Set(['cached']))
      }
    },
    10 * minutes
  )

  it(
    'has nothing in it that stagex check complains of, whoever asks',
    () => {
      for (const person of [root, user]) {
        expect(person.run('./stagex', 'check', '--deep', '--watch', 'user-hello')).toBe('')
      }
    },
    5 * minutes
  )

  it(
    'tells an ordinary user which file of a context they may not read',
    () => {
      const folder = join(user.clone, 'packages/user/closed')
      mkdirSync(folder)
      writeFileSync(join(folder, 'package.toml'), '[package]\nname = "closed"\nversion = "1"\n')
      writeFileSync(join(folder, 'Containerfile'), 'FROM scratch\nCOPY secret /\n')
      writeFileSync(join(folder, 'secret'), 'root’s own', { mode: 0o600 })
      const refused = expect(() => user.run('./stagex', 'build', 'closed', '--json'))
      refused.toThrow(/build\/copy-failed[^]*closed\/secret/)
      rmSync(folder, { recursive: true })
    },
    5 * minutes
  )

  it(
    'runs in podman, from the layout that the build wrote',
    () => {
      build(root)
      expect(root.run('podman', ...podman(root), 'oci:out/user-hello')).toMatch(
        /^Hello from the seed/
      )
    },
    5 * minutes
  )
})

/** Limits that a confined machine allows, runc for its old control groups, and nothing left behind. */
function podman({ home }: Newcomer): string[] {
  const limits = ['--ulimit=nofile=1024:1024', '--ulimit=nproc=1024:1024']
  const places = [`--root=${home}/podman`, `--runroot=${home}/podman-run`]
  return [...places, '--runtime=runc', 'run', '--rm', '--arch=386', '--network=none', ...limits]
}
