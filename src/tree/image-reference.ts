/** A place in a Containerfile that names an image from outside the file. */
export interface ImageReference {
  /** As written, after expansion. */
  readonly text: string
  /** `<stage>-<name>` where it is one of the tree's own (`stagex/…`). */
  readonly image?: string
  readonly tag?: string
  /** `sha256:<hex>`. */
  readonly digest?: string
  /** Line in the Containerfile, from 1. */
  readonly line: number
}

const OWN = /^(?:(?:index\.)?docker\.io\/)?stagex\/([^/:@]+)(?::([^@]*))?(?:@(.+))?$/

/** Reads `stagex/<stage>-<name>[:tag][@digest]`, with or without `docker.io/` before it. */
export function imageReference(text: string, line: number): ImageReference {
  const [, image, tag, digest] = OWN.exec(text) ?? []
  if (image === undefined) return { text, line }
  return {
    text,
    line,
    image,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest })
  }
}
