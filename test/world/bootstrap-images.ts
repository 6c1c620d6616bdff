import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readLayout } from '../../src/oci/layout-reader.js'

const checkout = resolve(import.meta.dirname, '../..')
/** The store stays between runs of the tests: what was built from the same inputs is not built again. */
export const bootstrapHome = join(checkout, 'node_modules/.cache/stagex-bootstrap')

/** Images of this tree, built; or why they could not be. */
export type BootstrapImages =
  { readonly missing: undefined; readonly out: string } | { readonly missing: string }

/** Builds images of this tree's `packages/`, in the folder of their layouts. Their sources have to be had. */
export function buildBootstrapImages(...names: readonly string[]): BootstrapImages {
  const program = join(checkout, 'stagex')
  const call = (...words: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(program, ['--home', bootstrapHome, '--root', checkout, ...words], {
      encoding: 'utf8'
    })
  const fetched = call('fetch', ...names)
  if (fetched.status !== 0) return { missing: 'its sources cannot be had (stagex fetch)' }
  // podman takes no capital letters in a path, and no long ones.
  const out = join(tmpdir(), `stagex-boot-${randomBytes(6).toString('hex')}`)
  const built = call('build', '--out', out, '--progress', 'quiet', ...names)
  if (built.status !== 0) throw new Error(`stagex build: ${String(built.stderr)}`)
  return { missing: undefined, out }
}

/** The files of an image in a folder: its layers, one over the other. */
export async function unpackImage(layout: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const image of (await readLayout(layout)).images) {
    for (const { path } of image.layers) {
      const { status } = spawnSync('tar', ['xzf', path, '-C', folder, '--no-same-owner'])
      if (status !== 0) throw new Error(`tar: ${path}`)
    }
  }
}

/** Where a declared source of a bootstrap package lies. */
export function fetchedSource(name: string, file: string): string {
  return join(checkout, 'fetch/bootstrap', name, file)
}
