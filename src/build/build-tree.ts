import { join } from 'node:path'
import { checkReplaceable } from '../oci/layout-writer.js'
import { loadTree } from '../tree/load-tree.js'
import { brokenPackage } from '../tree/resolve-names.js'
import { type ImageSelection, type SelectedImages, selectImages } from '../tree/select-images.js'
import type { Tree } from '../tree/tree.js'
import { BuildError } from './build-error.js'
import { BuildLogs } from './build-logs.js'
import { buildWithEmbeddedBuilder } from './embedded-builder.js'
import type { SourceFetching } from './fetch-needed.js'
import { writeImageLayout } from './image/image-layout.js'
import type { BuildOptions, ImageRequest } from './plan/image-request.js'
import type { RootIdentity } from './namespace/enter.js'
import { type Plan, planPossible } from './plan/plan.js'
import type { Refusals } from './plan/refusals.js'
import { type StartedWorker, startWorker } from './start-worker.js'
import { asFullDisk } from './store/full-disk.js'
import { type Store, openStore } from './store/store.js'
import { sessionName } from './store/session.js'
import { errorMessage } from './worker/error-message.js'
import type { BuildEvent, ImageOutcome } from './worker/messages.js'

/** A build of images of a tree. */
export interface TreeBuild extends SourceFetching {
  /** The folder that holds `packages/`. */
  readonly root: string
  /** Where the layouts go, a folder each. */
  readonly out: string
  /** Which images a person asked for. */
  readonly selection: ImageSelection
  /** Whether packages with warnings are in error. */
  readonly strict?: boolean
  readonly options: BuildOptions
  readonly identity: RootIdentity
  readonly listener: (event: BuildEvent) => void
  /** Called once, before anything is built. */
  readonly planned: (plan: Plan) => Promise<void>
}

/** What became of one image. */
export interface ImageResult {
  readonly name: string
  readonly outcome: ImageOutcome
  /** Where its layout lies, if it was built. */
  readonly layout?: string
}

/**
 * Builds what was named and all that it is built from, and writes their layouts. Where something in the
 * store turns out to be damaged, it is removed and made again, once. Images that cannot be built as they are
 * defined stop no other.
 * @returns what became of each image, in the order of the plan; then those that could not be planned
 * @throws TreeError, SourceError, BuildError where nothing can be built at all; OciError `layout/exists`
 */
export async function buildTree(build: TreeBuild): Promise<ImageResult[]> {
  // Without the cache there will be something to do, so it starts while the plan is made.
  const worker = build.options.useCache ? undefined : startWorker(build.identity)
  try {
    const tree = await loadTree(build.root, { strict: build.strict ?? false })
    const selected = await selectImages(tree, build.selection)
    const { plan, refusals } = planPossible(tree, selected.images)
    const refused = refusedResults(selected, refusals)
    if (plan.requests.length === 0 && refused.length === 0) return []
    // What is in the way of a layout is told before the work, not after it.
    for (const { name } of plan.requests) checkReplaceable(join(build.out, name))
    if (plan.requests.length > 0) await build.planned(plan)
    for (const { name, outcome } of refused) tellRefusal(build, name, outcome)
    const results = await attempt(build, tree, plan, worker)
    return [...(results.some(isDamaged) ? await attempt(build, tree, plan) : results), ...refused]
  } finally {
    worker?.end()
  }
}

async function attempt(
  build: TreeBuild,
  tree: Tree,
  plan: Plan,
  worker?: StartedWorker
): Promise<ImageResult[]> {
  const store = openStore(build.home, sessionName(process.pid))
  const logs = new BuildLogs(store.logs)
  const outcomes = new Map<string, ImageOutcome>()
  await buildWithEmbeddedBuilder(
    {
      ...build,
      worker,
      since: Math.floor(build.clock.now() / 1000),
      fetch: async (requests) => {
        const { fetchNeeded } = await import('./fetch-needed.js')
        await fetchNeeded(tree, requests, build)
      },
      listener: (event) => {
        logs.event(event)
        if (event.event === 'image-ended') outcomes.set(event.image, event.outcome)
        build.listener(event)
      }
    },
    plan.requests
  )
  const results: ImageResult[] = []
  for (const request of plan.requests) {
    const outcome = outcomes.get(request.name)
    if (outcome !== undefined) results.push(await resultOf(build, store, request, outcome))
  }
  return results
}

function isDamaged({ outcome }: ImageResult): boolean {
  return outcome.kind === 'failed' && outcome.error.code.startsWith('store/corrupt-')
}

/** What becomes of images that were asked for, or needed, and cannot be planned. */
function refusedResults(
  { images, broken }: SelectedImages,
  { errors, because }: Refusals
): ImageResult[] {
  const faults = [
    ...[...broken].map(([name, problems]) => [name, brokenPackage(name, problems)] as const),
    ...errors
  ]
  const failed = faults.map(([name, error]): ImageResult => {
    return { name, outcome: { kind: 'failed', error: errorMessage(error) } }
  })
  const skipped = images.flatMap((name): ImageResult[] => {
    const culprit = because.get(name)
    if (culprit === undefined || culprit === name) return []
    return [{ name, outcome: { kind: 'skipped', because: culprit } }]
  })
  return [...failed, ...skipped]
}

function tellRefusal({ listener }: TreeBuild, image: string, outcome: ImageOutcome): void {
  if (outcome.kind === 'failed') {
    listener({ event: 'image-refused', image, error: outcome.error })
  }
}

async function resultOf(
  build: TreeBuild,
  store: Store,
  request: ImageRequest,
  outcome: ImageOutcome
): Promise<ImageResult> {
  const { name, version } = request
  if (outcome.kind !== 'built' && outcome.kind !== 'cached') return { name, outcome }
  const layout = join(build.out, name)
  try {
    await writeImageLayout(store, layout, { name, tag: version ?? 'latest' }, outcome.images)
    return { name, outcome, layout }
  } catch (thrown) {
    const error = asFullDisk(thrown)
    if (!(error instanceof BuildError)) throw error
    return { name, outcome: { kind: 'failed', error: errorMessage(error) } }
  }
}
