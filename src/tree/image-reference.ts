import { contextKey, parseImageName } from '../containerfile/image-reference.js'

/** An instruction of a Containerfile that names an image from outside the file. */
export interface ImageReference {
  /** The reference in its short form: no default registry, no `:latest`. */
  readonly text: string
  /** `<stage>-<name>` where it is one of the tree's own (`stagex/…`). */
  readonly image?: string
  /** Absent where it is `latest`. */
  readonly tag?: string
  /** `sha256:<hex>` */
  readonly digest?: string
  /** The line at which the instruction begins, from 1. */
  readonly line: number
}

const OWN = 'docker.io/stagex/'

/** The form that nearly all references have; the full reading of thousands of them takes its time. */
const PLAIN_OWN = /^stagex\/([a-z0-9]+(?:-[a-z0-9]+){0,15})$/

/**
 * Reads `stagex/<stage>-<name>[:tag][@digest]`, with or without `docker.io/` before it, or any other
 * reference; undefined for text that is none.
 */
export function imageReference(text: string, line: number): ImageReference | undefined {
  const plain = PLAIN_OWN.exec(text)?.[1]
  if (plain !== undefined) return { text, line, image: plain }
  const parsed = parseImageName(text)
  if (parsed === undefined) return undefined
  const { repository, tag, digest } = parsed
  const image = repository.startsWith(OWN) ? repository.slice(OWN.length) : undefined
  return {
    text: contextKey(parsed),
    line,
    ...(image === undefined ? {} : { image }),
    ...(tag === undefined || tag === 'latest' ? {} : { tag }),
    ...(digest === undefined ? {} : { digest })
  }
}
