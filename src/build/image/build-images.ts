import type { BuildOptions, ImageRequest } from '../plan/image-request.js'
import { performTasks } from '../plan/schedule.js'
import { Slots } from '../plan/slots.js'
import { findRuntime } from '../run/runtime.js'
import type { SandboxLimits } from '../run/sandbox.js'
import { SnapshotStore } from '../snapshot/snapshot-store.js'
import { knownImage, rememberImage } from '../solve/image-record.js'
import type { Dependencies } from '../solve/dependencies.js'
import { rememberInputs } from '../solve/remembered-inputs.js'
import { solveImage } from '../solve/solve-image.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'
import { errorMessage } from '../worker/error-message.js'
import type { BuildEvent, ImageOutcome, WorkOrder } from '../worker/messages.js'
import { clock } from '../worker/clock.js'
import { buildImage } from './build-image.js'
import type { BuiltImage } from './built-image.js'
import { DependencyUse } from './dependency-use.js'
import { epoch } from './epoch.js'
import type { ImageEnvironment, ImageListener } from './image-environment.js'
import { UnpackedLayers } from './unpacked-layers.js'

/** What the build of several images works with, inside the user namespace. */
export interface Work {
  readonly store: Store
  readonly session: Session
  readonly order: WorkOrder
  readonly tell: (event: BuildEvent) => void
}

/** Builds the ordered images, each after those it is built from, and tells what becomes of each. */
export async function buildImages(work: Work): Promise<void> {
  const { store, session, order, tell } = work
  const snapshots = new SnapshotStore(store, session, epoch)
  const unpacked = new UnpackedLayers(store, session, snapshots)
  const built = new Map(order.known)
  const slots = new Slots(order.options.jobs)
  const shared = { store, session, snapshots, unpacked, slots }
  try {
    const outcomes = await performTasks(order.requests, order.options.jobs, async (request) => {
      tell({ event: 'image-started', image: request.name })
      const outcome = await imageOutcome(work, shared, request, built)
      tell({ event: 'image-ended', image: request.name, outcome })
      if (outcome.kind === 'failed') throw new Error(outcome.error.message)
    })
    for (const [image, outcome] of outcomes) {
      if (outcome.kind !== 'skipped') continue
      const skipped = { kind: 'skipped', because: outcome.because } as const
      tell({ event: 'image-ended', image, outcome: skipped })
    }
  } finally {
    await snapshots.close()
  }
}

type Shared = Pick<ImageEnvironment, 'store' | 'session' | 'snapshots' | 'unpacked' | 'slots'>

async function imageOutcome(
  work: Work,
  shared: Shared,
  request: ImageRequest,
  built: Map<string, readonly BuiltImage[]>
): Promise<ImageOutcome> {
  try {
    const results: PlatformResult[] = []
    for (const platform of request.platforms) {
      results.push(await onePlatform(work, shared, request, platform, (name) => built.get(name)))
    }
    const images = results.map(({ image }) => image)
    built.set(request.name, images)
    const kind = results.every(({ cached }) => cached) ? 'cached' : 'built'
    const copies = results.flatMap(({ use }) => use?.copies() ?? [])
    return { kind, images, ...(isWatched(work.order, request) && { copies }) }
  } catch (error) {
    return { kind: 'failed', error: errorMessage(error) }
  }
}

/** What became of an image for one platform. */
interface PlatformResult {
  readonly image: BuiltImage
  readonly cached: boolean
  /** Where the image is watched. */
  readonly use?: DependencyUse
}

async function onePlatform(
  { order, tell }: Work,
  shared: Shared,
  request: ImageRequest,
  platform: ImageRequest['platforms'][number],
  dependencies: Dependencies
): Promise<PlatformResult> {
  const { store, session } = shared
  const solved = solveImage(request, platform, dependencies)
  const { useCache, shell } = order.options
  const isLookedInto = shell?.image === request.name
  const use = isWatched(order, request) ? new DependencyUse() : undefined
  const isLookedUp = useCache && !isLookedInto && use === undefined
  const known = isLookedUp ? knownImage(store, solved.key) : undefined
  if (known !== undefined) return { image: known, cached: true }
  const environment = {
    ...shared,
    runtime: () => findRuntime(order.programs),
    limits: limitsOf(order.options),
    fetching: { clock, environment: order.network },
    epoch,
    signal: undefined,
    useCache,
    ...(isLookedInto && { shell }),
    ...(use !== undefined && { use })
  }
  const image = await buildImage(environment, solved, imageListener(request.name, tell))
  rememberImage(store, session, solved.key, image)
  rememberInputs(store, session, solved)
  return { image, cached: false, ...(use !== undefined && { use }) }
}

function isWatched({ options }: WorkOrder, { name }: ImageRequest): boolean {
  return options.watched?.includes(name) ?? false
}

function limitsOf({ stepTimeoutSeconds: seconds, stepMemoryBytes }: BuildOptions): SandboxLimits {
  return {
    ...(seconds === undefined ? {} : { seconds }),
    ...(stepMemoryBytes === undefined ? {} : { memoryBytes: stepMemoryBytes })
  }
}

function imageListener(image: string, tell: Work['tell']): ImageListener {
  return {
    stepStarted: (step, steps, stage, { createdBy: text }) => {
      tell({ event: 'step-started', image, step, steps, stage, text })
    },
    stepOutput: (step) => {
      const decoder = new TextDecoder()
      return (piece) => {
        tell({ event: 'step-output', image, step, text: decoder.decode(piece, { stream: true }) })
      }
    },
    shellOpened: (step) => {
      tell({ event: 'shell-opened', image, step })
    },
    shellClosed: (step, status) => {
      tell({ event: 'shell-closed', image, step, status })
    },
    stepEnded: (step, cached) => {
      tell({ event: 'step-ended', image, step, cached })
    }
  }
}
