import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/audit/lint/finding.js'
import { SmallTree } from '../../world/small-tree.js'

const tree = new SmallTree()

/** The lines whose COPY is found to be of no use. */
async function unused(name: string, containerfile: readonly string[]): Promise<unknown[]> {
  tree.add(name, [...containerfile, ''].join('\n'))
  const { stdout } = await tree.run('--json', 'check', '--watch', name)
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  return findings.map(
    ({ rule, found, position }) => `${rule} ${found ?? ''} ${position?.line ?? ''}`
  )
}

const copies = [
  'FROM scratch AS build',
  'COPY --from=stagex/user-tool / /',
  'COPY --from=stagex/user-text / /',
  'COPY --from=stagex/user-idle / /'
]
const run = 'RUN --network=none ["/bin/hex0-seed", "/text.hex0", "/out"]'
const end = ['FROM scratch AS package', 'COPY --from=build --chmod=0644 /out /']
const idle = 'unused-dependency stagex/user-idle 4'

describe('a build that is watched', () => {
  beforeAll(() => {
    tree.add('tool', 'FROM scratch\nCOPY --chmod=0755 hex0-seed /bin/\n')
    tree.add('text', 'FROM scratch\nCOPY <<EOF /text.hex0\n48 65\nEOF\n')
    tree.add('idle', 'FROM scratch\nCOPY <<EOF /idle\nidle\nEOF\n')
  })

  it('shows a dependency that no RUN reads, and none of those that it executes or reads', async () => {
    expect(await unused('plain', [...copies, run, ...end])).toEqual([idle])
  }, 60_000)

  it('gives the image that it gives unwatched', async () => {
    const before = (await tree.build('plain')).get('user-plain')
    await unused('plain', [...copies, run, ...end])
    const after = (await tree.build('plain')).get('user-plain')
    expect(after).toEqual({ ...before, outcome: 'cached' })
    expect(before?.digest).toMatch(/^sha256:/)
  }, 60_000)

  it('is content with what a later stage reads, copies or mounts', async () => {
    const onTop = ['FROM build AS more', 'RUN --network=none ["/bin/hex0-seed", "/idle", "/none"]']
    const second = ['FROM scratch AS second', 'COPY --from=build /idle /', ...end]
    expect(await unused('taken', [...copies, run, ...second, 'COPY --from=second / /'])).toEqual([])
    const comment = 'COPY <<EOF /idle\n# a comment\nEOF'
    tree.add('idle', `FROM scratch\n${comment}\n`)
    const all = [...copies, run, ...onTop, ...end, 'COPY --from=more /none /']
    expect(await unused('on-top', all)).toEqual([])
  }, 60_000)

  it('says nothing of what the image itself is made of', async () => {
    expect(await unused('shipped', [...copies, run])).toEqual([])
  }, 60_000)

  it('is asked for, and does not happen otherwise', async () => {
    expect((await tree.run('check', 'plain')).status).toBe(0)
  })

  it('that fails is an error', async () => {
    tree.add('failing', [...copies, 'RUN --network=none ["/missing"]', ''].join('\n'))
    expect((await tree.errorOf('check', '--watch', 'failing')).code).toBe('cli/not-built')
  }, 60_000)
})
