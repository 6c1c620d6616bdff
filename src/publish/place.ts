import { Registry, type RegistryOptions } from '../oci/registry/registry.js'
import type { Repository } from '../oci/registry/repository.js'
import { PublishError } from './publish-error.js'

/** A place in a registry below which every image of a tree is a repository. */
export class PublishPlace {
  /** `docker.io/stagex` */
  readonly name: string
  readonly #registry: Registry
  readonly #path: string

  /**
   * @param text `<registry>/<path>`, with `https://` before it or without
   * @throws PublishError `publish/bad-settings`; RegistryError `registry/bad-address`
   */
  constructor(text: string, options: RegistryOptions) {
    const [, registry, path] = /^((?:https?:\/\/)?[^/]+)\/([^:@]+)$/.exec(text) ?? []
    if (registry === undefined || path === undefined) {
      throw new PublishError('publish/bad-settings', 'this names no place in a registry', {
        expected: 'registry/path, such as docker.io/stagex',
        found: text,
        kind: 'usage'
      })
    }
    this.#registry = new Registry(registry, options)
    this.#path = path
    this.name = `${this.#registry.name}/${path}`
    // A path that no repository can have is told now, not after the first image.
    this.repository('image')
  }

  /** The repository of an image. */
  repository(image: string): Repository {
    return this.#registry.repository(this.pathOf(image))
  }

  /** The path of an image's repository in the registry. */
  pathOf(image: string): string {
    return `${this.#path}/${image}`
  }
}
