import type { BindMount, CacheMount, CopyStep, RunStep } from '../../containerfile/step.js'

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
  return {
    kind: 'copy',
    createdBy: '',
    position,
    add: false,
    from,
    sources: [literal(source)],
    inlineFiles: [],
    destination: mountedContextPath,
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
