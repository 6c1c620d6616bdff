import { join } from 'node:path'
import { parse } from 'smol-toml'
import * as z from 'zod'
import { readIfThere } from '../base/read-if-there.js'
import { PublishError } from './publish-error.js'

/** Where a tree is published, and what its images need for it; `release.toml` beside `packages/`. */
export interface ReleaseSettings {
  /** `<registry>/<path>`, below which each image is a repository: `docker.io/stagex`. */
  readonly registries: readonly string[]
  /** Distinct people who must have signed an image. */
  readonly threshold: number
  /** Distinct vendors of the processors that they built it on. */
  readonly vendors: number
}

const schema = z.strictObject({
  registries: z.array(z.string().min(1).max(255)).max(20).default([]),
  threshold: z.int().min(1).max(100).default(2),
  vendors: z.int().min(1).max(10).default(2)
})

/**
 * Reads `release.toml`; a tree without one has no registries, and the usual demands.
 * @throws PublishError `publish/bad-settings`
 */
export function releaseSettings(root: string): ReleaseSettings {
  const file = join(root, 'release.toml')
  const text = readIfThere(file) ?? ''
  try {
    return schema.parse(parse(text))
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
        : (error as Error).message.split('\n')[0]
    throw new PublishError('publish/bad-settings', `release.toml cannot be used: ${reason ?? ''}`, {
      where: file,
      expected: 'registries = ["host/path", …], threshold, vendors',
      kind: 'usage'
    })
  }
}
