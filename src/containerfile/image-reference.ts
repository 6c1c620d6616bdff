/** A reference to an image, taken apart. */
export interface ImageName {
  /** Registry and repository: `docker.io/library/debian`. */
  readonly repository: string
  readonly tag?: string
  /** `algorithm:hex` */
  readonly digest?: string
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`)
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`)
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const DEFAULT_REGISTRY = 'docker.io'
const MAX_LENGTH = 255

/** Reads an image reference as Docker does; undefined when it is malformed. */
export function parseImageName(text: string): ImageName | undefined {
  if (/^[a-f0-9]{64}$/.test(text) || text.length > 2 * MAX_LENGTH) return undefined
  const at = text.indexOf('@')
  const named = at < 0 ? text : text.slice(0, at)
  const digest = at < 0 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !DIGEST.test(digest)) return undefined
  const { registry, rest } = splitRegistry(named)
  const colon = rest.indexOf(':')
  const path = colon < 0 ? rest : rest.slice(0, colon)
  const tag = colon < 0 ? undefined : rest.slice(colon + 1)
  if (tag !== undefined && !TAG.test(tag)) return undefined
  const full = registry === DEFAULT_REGISTRY && !path.includes('/') ? `library/${path}` : path
  const repository = `${registry}/${full}`
  if (!HOST.test(registry) || !REPOSITORY.test(full) || repository.length > MAX_LENGTH) {
    return undefined
  }
  return {
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest })
  }
}

function splitRegistry(text: string): { registry: string; rest: string } {
  const slash = text.indexOf('/')
  const first = text.slice(0, Math.max(0, slash))
  const isRegistry = /[.:]/.test(first) || first === 'localhost' || /[A-Z]/.test(first)
  if (slash < 0 || !isRegistry) return { registry: DEFAULT_REGISTRY, rest: text }
  const registry = first === 'index.docker.io' ? DEFAULT_REGISTRY : first
  return { registry, rest: text.slice(slash + 1) }
}

/** The full form, with `:latest` where there is neither tag nor digest. */
export function formatImageName(name: ImageName): string {
  const tag = name.tag ?? (name.digest === undefined ? 'latest' : undefined)
  const tagged = tag === undefined ? name.repository : `${name.repository}:${tag}`
  return name.digest === undefined ? tagged : `${tagged}@${name.digest}`
}

/** The short form by which contexts are given names: no default registry, no `:latest`. */
export function contextKey(name: ImageName): string {
  const repository = name.repository.replace(/^docker\.io\/(?:library\/(?=[^/]*$))?/, '')
  const tag = name.tag === undefined || isLatest(name) ? '' : `:${name.tag}`
  return repository + tag + (name.digest === undefined ? '' : `@${name.digest}`)
}

function isLatest(name: ImageName): boolean {
  return name.tag === 'latest' && name.digest === undefined
}
