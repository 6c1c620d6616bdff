import { bytesOfText } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'
import type {
  CopyStep,
  ImageSource,
  ResolvedStage,
  RunStep,
  Step,
  StepSource
} from '../../containerfile/step.js'
import { type Digest, sha256 } from '../../oci/digest.js'
import { type SourceTree, isMounted } from '../copy/select-sources.js'
import {
  type SourceMount,
  contextCopy,
  contextStage,
  sourceMounts
} from '../execute/mounted-context.js'
import { selectedDigest } from '../execute/selected-sources.js'
import { stepIdentity } from '../execute/step-identity.js'
import { epoch } from '../image/epoch.js'
import type { ImageRequest } from '../plan/image-request.js'
import { contextTree, namedContextTree } from './contexts.js'
import type { ImageInputs, StageInputs } from './image-inputs.js'
import type { SolvedImage } from './solved-image.js'

/** Raised whenever the same inputs would give another image than before. */
const keyVersion = 2

/** An image of which is known how it is made. */
type UnnamedImage = Omit<SolvedImage, 'inputs' | 'key'>

/**
 * Finds everything that an image is made of: its steps with the contents they copy, the images it is built
 * from, by digest, and what its documents say. Comments, line breaks and the order of files in the tree
 * are no part of it.
 */
export function imageInputs(solved: UnnamedImage): ImageInputs {
  const { platform, target, history, annotations, stages, base } = solved
  const { config, author } = target.state
  return {
    documents: [platform, sortedMembers(config), author ?? null, history, annotations],
    stages: stages.map((stage) => stageInputs(solved, stage)),
    basis: base?.manifest.digest ?? null
  }
}

/** Names all that an image is made of. */
export function imageKey({ documents, stages, basis }: ImageInputs): Digest {
  const inputs = stages.map(({ index, base, steps }) => [
    index,
    base,
    steps.map(({ identity, input }) => [identity, input])
  ])
  return sha256(JSON.stringify(['stagex image', keyVersion, documents, inputs, basis]))
}

function stageInputs(solved: UnnamedImage, stage: ResolvedStage): StageInputs {
  const { index, name = String(index), steps } = stage
  return {
    index,
    name,
    base: baseKey(solved, stage.base),
    steps: steps.map((step) => ({
      text: step.createdBy,
      identity: stepIdentity(step),
      input: inputKey(solved, step)
    }))
  }
}

function baseKey(solved: UnnamedImage, base: ImageSource): unknown {
  if (base.kind !== 'named-context') return sourceKey(solved, base)
  return inputKey(solved, contextStage(base, solved.request.containerfileLabel))
}

function inputKey(solved: UnnamedImage, step: Step): unknown {
  if (step.kind === 'run') return sourceMounts(step).map((mount) => mountKey(solved, step, mount))
  if (step.kind !== 'copy') return null
  const tree = localTree(solved, step)
  if (tree !== undefined) return treeKey(solved, tree, step)
  return sourceKey(solved, step.from)
}

function mountKey(solved: UnnamedImage, step: RunStep, mount: SourceMount): unknown {
  return inputKey(solved, contextCopy(step, mount))
}

/** Named contexts are sources, which package.toml declares by hash: they need not be there to be named. */
function sourceKey(solved: UnnamedImage, source: StepSource | ImageSource): unknown {
  if (source.kind === 'image') return solved.dependency(source).manifest.digest
  if (source.kind === 'stage') return ['stage', source.index]
  if (source.kind !== 'named-context') return source.kind
  return declaredSources(solved.request)
}

/** The folder that a step copies from, where it is one whose files no declaration names by hash. */
function localTree({ request }: UnnamedImage, { from }: CopyStep): SourceTree | undefined {
  if (from.kind === 'context') return contextTree(request)
  if (from.kind !== 'named-context' || request.contexts?.[from.name] === undefined) return undefined
  return namedContextTree(request, from.name)
}

/** What a step copies from a folder: files by their contents, declared sources by their hashes. */
function treeKey({ request }: UnnamedImage, tree: SourceTree, step: CopyStep): unknown {
  const isDeclared = (source: string): boolean => isMounted(tree, bytesOfText(source))
  const sources = step.sources.filter((source) => !isDeclared(source))
  const digest = selectedDigest(tree, { ...step, sources }, epoch)
  return step.sources.some(isDeclared) ? [digest, declaredSources(request)] : digest
}

function declaredSources({ sources }: ImageRequest): unknown[] {
  return ['fetch', sources.map(({ file, hash }) => [file, hash])]
}

function sortedMembers(value: object): unknown {
  return Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b))
}
