import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SmallTree } from '../world/small-tree.js'

interface View {
  readonly images: readonly {
    readonly steps?: {
      readonly kind: string
      readonly because?: string
      readonly steps?: readonly { text: string; cached: boolean; because?: string }[]
    }
  }[]
}

const containerfile = `FROM scratch AS build
ENV WORD=one
COPY --chmod=0755 hex0-seed /
COPY text /text
RUN --network=none ["/hex0-seed", "/text", "/made"]
FROM scratch
COPY --from=build /made /made
COPY other /other
`

function sampleTree(): SmallTree {
  const tree = new SmallTree()
  tree.add('sample', containerfile, { text: '41 # one\n', other: 'other' })
  return tree
}

/** Each step as `+` (known) or why it would be executed, `-` for those that only follow. */
async function stepsOf(tree: SmallTree, name = 'sample'): Promise<string> {
  const { stdout } = await tree.run('--json', 'show', name)
  const steps = (JSON.parse(stdout) as View).images[0]?.steps
  if (steps?.kind !== 'steps') return steps?.because ?? 'nothing'
  return (steps.steps ?? [])
    .map(({ cached, because }) => (cached ? '+' : (because ?? '-')))
    .join(' ')
}

describe('stagex show', () => {
  it('says that nothing of an image that was never built is known', async () => {
    expect(await stepsOf(sampleTree())).toBe('new - - new -')
  })

  it('says that every step of an image that was built is known', async () => {
    const tree = sampleTree()
    await tree.build('sample')
    expect(await stepsOf(tree)).toBe('+ + + + +')
  })

  const changes: [string, string, string, string][] = [
    ['a file that a step copies', 'text', '42 # two\n', '+ contents - stage -'],
    ['a file of the last stage', 'other', 'more', '+ + + + contents'],
    [
      'an instruction',
      'Containerfile',
      containerfile.replace('"/made"]', '"/new"]'),
      '+ + instruction stage -'
    ],
    [
      'the environment of a RUN',
      'Containerfile',
      containerfile.replace('=one', '=two'),
      '+ + meaning stage -'
    ],
    ['a comment', 'Containerfile', `# a comment\n${containerfile}`, '+ + + + +']
  ]
  it.each(changes)('says what follows from a change of %s', async (_, file, content, expected) => {
    const tree = sampleTree()
    await tree.build('sample')
    writeFileSync(join(tree.root, 'packages/user/sample', file), content)
    expect(await stepsOf(tree)).toBe(expected)
  })

  it('says what has to be built before anything is known', async () => {
    const tree = sampleTree()
    tree.add('above', 'FROM stagex/user-sample\nCOPY hex0-seed /\n')
    expect(await stepsOf(tree, 'above')).toBe('user-sample has to be built first')
  })

  it('tells a person the first step that would be executed, and why', async () => {
    const tree = sampleTree()
    await tree.build('sample')
    writeFileSync(join(tree.root, 'packages/user/sample/other'), 'more')
    const { stdout } = await tree.run('show', 'sample')
    expect(stdout).toContain('1 of 5 would be executed')
    expect(stdout).toMatch(/COPY other \/other.*\n.*the files or the image that it reads changed/)
  })
})
