import { rmSync } from 'node:fs'
import type { BuiltImage } from '../build/image/built-image.js'
import type { ImageRequest } from '../build/plan/image-request.js'
import { planBuild } from '../build/plan/plan.js'
import { performTasks } from '../build/plan/schedule.js'
import { knownImage, markImagesUsed } from '../build/solve/image-record.js'
import { solveImage } from '../build/solve/solve-image.js'
import { openSession, sessionName } from '../build/store/session.js'
import { openStore } from '../build/store/store.js'
import { StagexError } from '../base/error.js'
import type { Digest } from '../oci/digest.js'
import type { OnBytes } from '../oci/registry/pull-blob.js'
import { pullManifest } from '../oci/registry/pull-manifest.js'
import { RegistryError } from '../oci/registry/registry-error.js'
import type { Tree } from '../tree/tree.js'
import type { PublishPlace } from './place.js'
import { PublishError } from './publish-error.js'
import { changedFiles } from './changed-folders.js'
import { recordedDigest } from './publishable.js'
import { firstRefusal, type QuorumJudge } from './quorum.js'
import { releaseTag } from './release-name.js'
import { takeImage, type Taking } from './take-image.js'

/** What to fill the store with. */
export interface Preseeding {
  readonly tree: Tree
  readonly home: string
  /** Images; those that they are built from are taken, too. */
  readonly names: readonly string[]
  /** Where given, the place must have the images in this release. */
  readonly release?: string
  /** In the order to try. */
  readonly places: readonly PublishPlace[]
  readonly judge: QuorumJudge
  /** Images at a time. */
  readonly jobs: number
  /** Seconds since 1970. */
  readonly since: number
  readonly onImage?: (row: PreseededRow) => void
  readonly onBytes?: OnBytes
}

/** What became of one image. */
export interface PreseededRow {
  readonly image: string
  /** `known`: the store had it; `skipped`: an image that it is built from was not taken. */
  readonly state: 'known' | 'taken' | 'failed' | 'skipped'
  readonly digest?: Digest
  readonly error?: StagexError
}

/**
 * Fills the store with published images, so that what is built from them finds them there. Nothing is
 * pulled before its digest has its quorum, and what was taken is marked as not built here.
 * @returns a row for each image, in the order in which a build would make them
 * @throws TreeError, BuildError where nothing can be begun
 */
export async function preseed(preseeding: Preseeding): Promise<PreseededRow[]> {
  const name = sessionName(process.pid)
  const store = openStore(preseeding.home, name)
  const session = openSession(store.sessions, name, preseeding.since)
  const { onBytes } = preseeding
  try {
    const taking = { store, session, ...(onBytes === undefined ? {} : { onBytes }) }
    return await new PreseedRun(preseeding, taking).run()
  } finally {
    rmSync(session.folder, { recursive: true, force: true })
  }
}

class PreseedRun {
  readonly #preseeding: Preseeding
  readonly #taking: Taking
  readonly #known = new Map<string, readonly BuiltImage[]>()
  readonly #rows = new Map<string, PreseededRow>()
  #changed: readonly string[] = []

  constructor(preseeding: Preseeding, taking: Taking) {
    this.#preseeding = preseeding
    this.#taking = taking
  }

  async run(): Promise<PreseededRow[]> {
    const { tree, names, jobs, onImage } = this.#preseeding
    this.#changed = await changedFiles(tree.root)
    const { requests } = planBuild(tree, names)
    await performTasks(requests, jobs, async (request) => {
      const row = await this.#row(request)
      this.#rows.set(request.name, row)
      onImage?.(row)
      if (row.error !== undefined) throw row.error
    })
    return requests.map(({ name: image }) => this.#rows.get(image) ?? { image, state: 'skipped' })
  }

  async #row(request: ImageRequest): Promise<PreseededRow> {
    const { name: image } = request
    try {
      const { state, images } = await this.#take(request)
      this.#known.set(image, images)
      const digest = images[0]?.manifest.digest
      return { image, state, ...(digest === undefined ? {} : { digest }) }
    } catch (error) {
      if (!(error instanceof StagexError)) throw error
      return { image, state: 'failed', error: error as StagexError }
    }
  }

  async #take(
    request: ImageRequest
  ): Promise<{ state: 'known' | 'taken'; images: readonly BuiltImage[] }> {
    const { store, session } = this.#taking
    const solved = request.platforms.map((platform) => {
      return solveImage(request, platform, (name) => this.#known.get(name))
    })
    const known = solved.flatMap(({ key }) => knownImage(store, key) ?? [])
    if (known.length === solved.length) {
      markImagesUsed(store, known, session.since)
      return { state: 'known', images: known }
    }
    const [only] = solved
    if (only === undefined || solved.length > 1) throw severalPlatforms(request.name)
    refuseChanged(request, this.#changed)
    const digest = await this.#vouchedFor(request.name, only.key)
    const repository = await this.#placeOf(request.name, digest)
    return { state: 'taken', images: [await takeImage(this.#taking, repository, only, digest)] }
  }

  /** The digest that the tree records for an image, which has its quorum. */
  async #vouchedFor(image: string, key: Digest): Promise<Digest> {
    const { tree, judge } = this.#preseeding
    const digest = recordedDigest(tree, image)
    if (digest === undefined) {
      throw new PublishError('publish/not-recorded', 'digests/ does not have the image', {
        where: image
      })
    }
    const refusal = await firstRefusal(judge, image, [digest], key)
    if (refusal === undefined) return digest
    throw new PublishError('publish/no-quorum', 'too few people vouch for the image', {
      where: `${image}@${digest}`,
      found: refusal.reason ?? `signed by ${refusal.signers.join(', ') || 'nobody'}`,
      kind: 'trust'
    })
  }

  /** The repository of the first place that has the image. */
  async #placeOf(image: string, digest: Digest): Promise<ReturnType<PublishPlace['repository']>> {
    const { places, release } = this.#preseeding
    const reference = release === undefined ? digest : releaseTag(release)
    let failure: unknown
    for (const place of places) {
      const repository = place.repository(image)
      try {
        await pullManifest(repository, reference, digest)
        return repository
      } catch (error) {
        failure ??= error
      }
    }
    throw asPreseedError(failure, image, reference)
  }
}

function asPreseedError(failure: unknown, image: string, reference: string): unknown {
  if (failure !== undefined && !(failure instanceof RegistryError)) return failure
  if (failure?.code === 'registry/digest-mismatch' && !reference.startsWith('sha256:')) {
    return new PublishError('preseed/other-release', 'the release has another image', {
      where: `${image}:${reference}`,
      ...(failure.expected === undefined ? {} : { expected: failure.expected }),
      ...(failure.found === undefined ? {} : { found: failure.found }),
      hint: 'check out the tree of that release',
      kind: 'trust'
    })
  }
  if (failure !== undefined && failure.code !== 'registry/not-found') return failure
  return new PublishError('preseed/not-published', 'no registry has the image', {
    where: `${image} ${reference}`,
    hint: 'name one with --registry, or in release.toml'
  })
}

/**
 * The tree records one digest for an image, not one for each state of its definition. What a file copies into
 * the image does not show in the image's documents, so a folder that is being worked on is not trusted.
 */
function refuseChanged({ name, context }: ImageRequest, changed: readonly string[]): void {
  const found = changed.find((file) => file.startsWith(`${context}/`))
  if (found === undefined) return
  throw new PublishError('preseed/other-definition', `the definition of ${name} has changed here`, {
    where: found,
    expected: 'the definition as it was committed, together with its digest',
    hint: 'build it; or commit or undo the change'
  })
}

function severalPlatforms(image: string): PublishError {
  return new PublishError('preseed/unsupported', 'an image for several platforms cannot be taken', {
    where: image,
    hint: 'build it'
  })
}
