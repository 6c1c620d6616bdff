import type { ChildProcess } from 'node:child_process'
import { BuildError } from './build-error.js'
import type { Digest } from '../oci/digest.js'
import type { RootIdentity } from './namespace/enter.js'
import type { BuiltImage } from './image/built-image.js'
import type { BuildOptions, ImageRequest } from './plan/image-request.js'
import { knownImage, markImagesUsed } from './solve/image-record.js'
import type { Dependencies } from './solve/dependencies.js'
import { RememberedKeys } from './solve/remembered-keys.js'
import { solveImage } from './solve/solve-image.js'
import { endedSessions, sessionName } from './store/session.js'
import { type StartedWorker, startWorker } from './start-worker.js'
import { type Store, openStore } from './store/store.js'
import { errorMessage, WorkerError } from './worker/error-message.js'
import type { BuildEvent, WorkOrder } from './worker/messages.js'

/** Where and how the embedded builder works. */
export interface EmbeddedBuilder {
  /** The store's folder. */
  readonly home: string
  /** The tree's folder, where the images are a tree's. */
  readonly root?: string
  readonly options: BuildOptions
  readonly env: Readonly<Record<string, string | undefined>>
  readonly identity: RootIdentity
  /** When the build begins, in seconds since 1970. */
  readonly since: number
  /** Stops the build; nothing half-made is left where anybody would use it. */
  readonly signal: AbortSignal
  readonly listener: (event: BuildEvent) => void
  /** Called before anything is built, with the images that will be: fetches their sources. */
  readonly fetch: (requests: readonly ImageRequest[]) => Promise<void>
  /** To be used where there is something to build; without it, or where it did not start, one is started. */
  readonly worker?: StartedWorker | undefined
}

/**
 * Builds images with the embedded builder: what is known is looked up here, the rest is built by a worker
 * in a user namespace, which is started only if there is something to build.
 * @param requests each after those it depends on
 * @throws BuildError `namespace/…`, `store/…`, `build/cancelled`; what goes wrong with single images is
 * told to the listener only
 */
export async function buildWithEmbeddedBuilder(
  builder: EmbeddedBuilder,
  requests: readonly ImageRequest[]
): Promise<void> {
  const session = sessionName(process.pid)
  const store = openStore(builder.home, session)
  const known = knownImages(builder, store, session, requests)
  for (const [image, images] of known) {
    markImagesUsed(store, images, builder.since)
    builder.listener({ event: 'image-ended', image, outcome: { kind: 'cached', images } })
  }
  const left = requests.filter(({ name }) => !known.has(name))
  if (left.length === 0) return
  const passInput = builder.options.shell !== undefined
  const worker = builder.worker ?? startWorker(builder.identity, passInput)
  try {
    await builder.fetch(left)
    await performInWorker(builder, worker, orderOf(builder, store, session, known, left))
  } finally {
    worker.end()
  }
}

function orderOf(
  { home, options, since, env }: EmbeddedBuilder,
  store: Store,
  session: string,
  known: ReadonlyMap<string, readonly BuiltImage[]>,
  requests: readonly ImageRequest[]
): WorkOrder {
  const ended = endedSessions(store.sessions)
  const hostname = env['STAGEX_HOSTNAME']
  const environment = { programs: chosen(env, programs), network: chosen(env, network) }
  const work = { requests, known: [...known], options, ...environment }
  return { home, session, since, ended, ...work, ...(hostname !== undefined && { hostname }) }
}

function knownImages(
  { options: { useCache, shell, watched = [] }, root, since }: EmbeddedBuilder,
  store: Store,
  session: string,
  requests: readonly ImageRequest[]
): Map<string, readonly BuiltImage[]> {
  if (!useCache) return new Map()
  const keys = root === undefined ? undefined : new RememberedKeys(store, root, since)
  const known = lookUpImages(
    store,
    requests.filter(({ name }) => name !== shell?.image),
    keys
  )
  keys?.save(session)
  for (const name of watched) known.delete(name)
  return known
}

/**
 * Finds the images whose inputs, and so whose result, are known; building nothing.
 * @param keys what is known of inputs that need not be read; without it, all are
 */
export function lookUpImages(
  store: Store,
  requests: readonly ImageRequest[],
  keys?: RememberedKeys
): Map<string, readonly BuiltImage[]> {
  const known = new Map<string, readonly BuiltImage[]>()
  for (const request of requests) {
    if (!request.dependencies.every((name) => known.has(name))) continue
    const images = lookUp(store, request, known, keys)
    if (images !== undefined) known.set(request.name, images)
  }
  return known
}

function lookUp(
  store: Store,
  request: ImageRequest,
  known: ReadonlyMap<string, readonly BuiltImage[]>,
  keys: RememberedKeys | undefined
): BuiltImage[] | undefined {
  const dependencies: Dependencies = (name) => known.get(name)
  try {
    const images = request.platforms.map((platform) => {
      const solve = (): Digest => solveImage(request, platform, dependencies).key
      return knownImage(store, keys?.keyOf(request, platform, dependencies, solve) ?? solve())
    })
    return images.every((image) => image !== undefined) ? images : undefined
  } catch {
    // The worker comes to the same error and tells it as this image's.
    return undefined
  }
}

async function performInWorker(
  builder: EmbeddedBuilder,
  { process }: StartedWorker,
  order: WorkOrder
): Promise<void> {
  const worker = await process.catch(() => startWorker(builder.identity).process)
  const stop = (): void => {
    worker.kill('SIGKILL')
  }
  builder.signal.addEventListener('abort', stop)
  try {
    await finished(worker, order, builder)
  } finally {
    builder.signal.removeEventListener('abort', stop)
    stop()
  }
}

function finished(
  worker: ChildProcess,
  order: WorkOrder,
  { listener, signal }: EmbeddedBuilder
): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: BuildEvent | undefined
    worker.on('message', (message) => {
      const event = message as BuildEvent
      if (event.event === 'worker-failed') failure = event
      else
        attempt(() => {
          listener(event)
        }, reject)
    })
    worker.on('error', reject)
    worker.on('exit', (status) => {
      if (signal.aborted) reject(new BuildError('build/cancelled', 'the build was stopped'))
      else if (failure?.event === 'worker-failed') reject(new WorkerError(failure.error))
      else if (status === 0) resolve()
      else reject(workerEnded(status))
    })
    worker.send(order)
  })
}

/** What is thrown inside a listener would end the program, with nothing said and nothing swept. */
function attempt(action: () => void, reject: (error: unknown) => void): void {
  try {
    action()
  } catch (error) {
    reject(error)
  }
}

function workerEnded(status: number | null): WorkerError {
  const how = status === null ? 'by a signal' : `with status ${status}`
  return new WorkerError(errorMessage(new Error(`the build's process ended ${how}`)))
}

/** What of the environment says which programs are used; builds themselves see none of it. */
const programs = ['PATH', 'STAGEX_RUNTIME']

/** What of the environment says how servers are reached, in lower and upper case where both count. */
const proxies = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']
const certificates = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']
const network = [...proxies, ...proxies.map((name) => name.toUpperCase()), ...certificates]

function chosen(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[]
): Record<string, string> {
  const entries = names.flatMap((name): [string, string][] => {
    const value = env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(entries)
}
