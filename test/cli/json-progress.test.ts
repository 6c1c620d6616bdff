import { describe, expect, it } from 'vitest'
import { SmallTree, seedSteps } from '../world/small-tree.js'

interface Event {
  readonly event: string
  readonly image?: string
  readonly outcome?: string
  readonly digests?: readonly string[]
  readonly step?: number
  readonly cached?: boolean
  readonly error?: { readonly code: string }
}

async function eventsOf(tree: SmallTree, ...names: string[]): Promise<Event[]> {
  const { stderr } = await tree.run('build', '--progress', 'json', ...names)
  // At first use, setting up is told in plain lines.
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Event)
}

describe('a build that tells its progress in JSON', () => {
  it('tells every image and step, each once begun and once ended', async () => {
    const tree = new SmallTree()
    tree.add('greeting', seedSteps)
    const events = await eventsOf(tree, 'greeting')
    expect(events[0]).toMatchObject({ event: 'build-started', images: ['user-greeting'] })
    const stepsThat = (event: string): (number | undefined)[] => {
      return events.filter((each) => each.event === event).map(({ step }) => step)
    }
    expect(stepsThat('step-started')).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(stepsThat('step-ended').sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
    const row = (await tree.build('greeting')).get('user-greeting')
    expect(events.at(-1)).toEqual({
      event: 'image-ended',
      image: 'user-greeting',
      outcome: 'built',
      digests: [row?.digest]
    })
  })

  it('tells why an image failed and which were skipped for it', async () => {
    const tree = new SmallTree()
    tree.add('broken', 'FROM scratch\nCOPY no-such-file /\n')
    tree.add('above', 'FROM stagex/user-broken\nCOPY hex0-seed /\n')
    const events = await eventsOf(tree, 'above')
    const ended = events.filter(({ event }) => event === 'image-ended')
    expect(ended).toMatchObject([
      { image: 'user-broken', outcome: 'failed', error: { code: 'build/copy-missing' } },
      { image: 'user-above', outcome: 'skipped', because: 'user-broken' }
    ])
  })
})
