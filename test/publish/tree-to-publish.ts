import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RegistryOptions } from '../../src/oci/registry/registry.js'
import { PublishPlace } from '../../src/publish/place.js'
import { publishableImages, recordedDigest } from '../../src/publish/publishable.js'
import { type Publication, publish, type PublicationReport } from '../../src/publish/publish.js'
import { preseed, type Preseeding, type PreseededRow } from '../../src/publish/preseed.js'
import type { QuorumJudge } from '../../src/publish/quorum.js'
import { loadTree } from '../../src/tree/load-tree.js'
import { SmallTree } from '../world/small-tree.js'

const clock = { now: () => 0, sleep: () => Promise.resolve() }
const options: RegistryOptions = {
  clock,
  environment: {},
  limits: { attempts: 2, responseTimeout: 2000 }
}

/** Two images, built, recorded: `user-app` is made from `user-base`. */
export class TreeToPublish {
  readonly tree = new SmallTree()

  static async make(): Promise<TreeToPublish> {
    const made = new TreeToPublish()
    const { tree } = made
    tree.add('base', 'FROM scratch\nCOPY data /data\n', { data: 'base\n' })
    const app = 'FROM stagex/user-base\nCOPY more /more\nENV A=b\nENTRYPOINT ["/more"]\n'
    tree.add('app', app, { more: 'app\n' })
    await made.build()
    return made
  }

  async build(): Promise<void> {
    for (const words of [
      ['build', 'user'],
      ['digests', '--write']
    ]) {
      const { status, stderr } = await this.tree.run(...words)
      if (status !== 0) throw new Error(stderr)
    }
  }

  async publish(
    host: string,
    names: readonly string[] = ['user-base', 'user-app'],
    extra: Partial<Publication> = {}
  ): Promise<PublicationReport> {
    const tree = await loadTree(this.tree.root)
    const images = publishableImages(tree, this.tree.home, names)
    const whole = new Map([...tree.images.keys()].map((name) => [name, recordedDigest(tree, name)]))
    const places = [new PublishPlace(`${host}/stagex`, options)]
    const fixed = { release: '2026.03.0', dryRun: false, jobs: 2, judge: everybody }
    return publish({ ...fixed, images, whole, places, ...extra })
  }

  async preseed(
    host: string,
    home: string,
    extra: Partial<Preseeding> = {}
  ): Promise<PreseededRow[]> {
    const tree = await loadTree(this.tree.root)
    const places = [new PublishPlace(`${host}/stagex`, options)]
    const fixed = { names: ['user-app'], jobs: 2, since: 0, judge: everybody }
    return preseed({ tree, home, places, ...fixed, ...extra })
  }
}

/** A judge to whom everything is good. */
export const everybody: QuorumJudge = () => Promise.resolve({ met: true, signers: ['a', 'b'] })

/** A judge who lets all but one image pass. */
export function allBut(refused: string): QuorumJudge {
  return ({ image }) =>
    Promise.resolve({ met: image !== refused, signers: image === refused ? ['a'] : ['a', 'b'] })
}

/** A store of the running test's own, which is not there yet. */
export function newHome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-home-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return join(folder, 'store')
}
