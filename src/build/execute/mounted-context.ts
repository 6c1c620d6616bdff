import type { Position } from '../../containerfile/position.js'
import type {
  BindMount,
  CacheMount,
  CopyStep,
  ImageSource,
  RunStep
} from '../../containerfile/step.js'

/** A mount that shows files from elsewhere. */
export type SourceMount = BindMount | CacheMount

/** The mounts of a step that show files from elsewhere. */
export function sourceMounts(step: RunStep): SourceMount[] {
  return step.mounts.filter((mount) => mount.type === 'bind' || mount.type === 'cache')
}

/** Where a mounted file or folder of a context lies in the tree that {@link contextCopy} makes. */
export const mountedContextPath = '/mount'

/**
 * A context is this machine's: what a step sees of it has to be filtered, to belong to root and to stand still.
 * So it is not mounted itself, but copied to a tree of its own, as by this step on an empty one.
 * @returns the copy, with which a mounted context is named and cached like a copied one
 */
export function contextCopy({ position }: RunStep, { from, source }: SourceMount): CopyStep {
  return plainCopy(from, literal(source), mountedContextPath, position)
}

/**
 * A context in the place of a stage: all that is in it, copied to an empty tree.
 * @param label what messages call the Containerfile
 */
export function contextStage(from: NamedContext, label: string): CopyStep {
  return plainCopy(from, '/', '/', { file: label, line: 1, column: 1 })
}

/** A context that the build gives a name. */
type NamedContext = Extract<ImageSource, { kind: 'named-context' }>

function plainCopy(
  from: CopyStep['from'],
  source: string,
  destination: string,
  position: Position
): CopyStep {
  return {
    kind: 'copy',
    createdBy: '',
    position,
    add: false,
    from,
    sources: [source],
    inlineFiles: [],
    destination,
    unpack: false,
    link: false,
    parents: false,
    exclude: []
  }
}

/** A mount's source is a path, where a copy's is a pattern. */
function literal(path: string): string {
  return path.replace(/[*?[\\]/g, (sign) => (sign === '\\' ? '[\\\\]' : `[${sign}]`))
}
