import { join } from 'node:path'
import { BuildError } from './build-error.js'
import { buildWithEmbeddedBuilder } from './embedded-builder.js'
import { writeImageLayout } from './image/image-layout.js'
import { type ImageRequest, platformOf } from './plan/image-request.js'
import { sessionName } from './store/session.js'
import { type Store, openStore } from './store/store.js'
import { errorMessage } from './worker/error-message.js'
import type { BuildEvent, ErrorMessage, ImageOutcome } from './worker/messages.js'

/** A Containerfile that belongs to no tree, and what it is built with. */
export interface ContainerfileBuild {
  /** Other builds of the same call name its image `stagex/<name>`. */
  readonly name: string
  readonly version: string
  /** Absolute path. */
  readonly containerfile: string
  /** Absolute path of the build context. */
  readonly context: string
  /** Named contexts: absolute paths of folders. */
  readonly contexts?: Readonly<Record<string, string>>
  /** The stage to build; the last one where absent. */
  readonly target?: string
  /** `os/architecture[/variant]`, several separated by commas; linux/amd64 where absent. */
  readonly platform?: string
  readonly buildArguments?: Readonly<Record<string, string>>
  /** Names of earlier builds whose images it uses. */
  readonly dependencies?: readonly string[]
}

/** Where and how Containerfiles are built. */
export interface ContainerfileBuilder {
  /** The store's folder. */
  readonly home: string
  /** Where the layouts go, a folder each. */
  readonly out: string
  readonly jobs: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

/** What became of one build: where its layout lies, or why there is none, and what its steps wrote. */
export interface ContainerfileResult {
  readonly layout?: string
  readonly error?: ErrorMessage
  readonly output: string
}

/**
 * Builds Containerfiles, each after those it depends on, all in one worker, and writes their layouts.
 * @returns what became of each, by name
 * @throws BuildError `namespace/…`, `store/…`, `build/cancelled` where nothing can be built at all
 */
export async function buildContainerfiles(
  builder: ContainerfileBuilder,
  builds: readonly ContainerfileBuild[]
): Promise<Map<string, ContainerfileResult>> {
  const { home, env, signal, jobs } = builder
  const outcomes = new Map<string, ImageOutcome>()
  const outputs = new Map<string, string>()
  await buildWithEmbeddedBuilder(
    {
      home,
      env,
      signal,
      options: { jobs, useCache: true },
      identity: 'own',
      since: 0,
      fetch: () => Promise.resolve(),
      listener: (event: BuildEvent) => {
        if (event.event === 'image-ended') outcomes.set(event.image, event.outcome)
        if (event.event === 'step-output') {
          outputs.set(event.image, (outputs.get(event.image) ?? '') + event.text)
        }
      }
    },
    builds.map(requestOf)
  )
  const store = openStore(home, sessionName(process.pid))
  const results = new Map<string, ContainerfileResult>()
  for (const build of builds) {
    const result = await resultOf(builder, store, build, outcomes.get(build.name))
    results.set(build.name, { ...result, output: outputs.get(build.name) ?? '' })
  }
  return results
}

function requestOf(build: ContainerfileBuild): ImageRequest {
  const { name, version, containerfile, context, contexts, target, dependencies } = build
  return {
    name,
    version,
    containerfile,
    context,
    containerfileLabel: containerfile,
    ...(target === undefined ? {} : { target }),
    ...(contexts === undefined ? {} : { contexts }),
    platforms: (build.platform ?? 'linux/amd64').split(',').map(platformOf),
    fetch: join(context, 'fetch'),
    sources: [],
    buildArguments: build.buildArguments ?? {},
    dependencies: dependencies ?? []
  }
}

async function resultOf(
  { out }: ContainerfileBuilder,
  store: Store,
  { name, version }: ContainerfileBuild,
  outcome: ImageOutcome | undefined
): Promise<Omit<ContainerfileResult, 'output'>> {
  if (outcome?.kind === 'built' || outcome?.kind === 'cached') {
    const layout = join(out, name)
    await writeImageLayout(store, layout, { name, tag: version }, outcome.images)
    return { layout }
  }
  if (outcome?.kind === 'failed') return { error: outcome.error }
  const because = outcome?.kind === 'skipped' ? outcome.because : 'the end of the worker'
  const message = `not built, because of ${because}`
  return { error: errorMessage(new BuildError('build/dependency-failed', message)) }
}
