import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../../src/base/process.js'
import { type LayoutImage, readLayout } from '../../src/oci/layout-reader.js'
import { compareImages } from '../../src/rebuild/comparison.js'
import type { Image } from '../../src/tree/tree.js'
import { loadTree } from '../../src/tree/load-tree.js'
import { buildBootstrapImages } from '../world/bootstrap-images.js'

/**
 * The bootstrap images, built by a real BuildKit too, which gets the layouts of ours that they are built from.
 * `STAGEX_ENGINE_CANONICAL` or `STAGEX_ENGINE` names it as for the conformance suite. The canonical one's
 * compressor is that of docs/format.md, and every byte has to be equal; the other one's is newer, and
 * config and uncompressed layers have to be. (A version with a plus is no tag for either, so they annotate another.)
 */
const canonical = process.env['STAGEX_ENGINE_CANONICAL']
const engine = canonical ?? process.env['STAGEX_ENGINE']
const root = resolve(import.meta.dirname, '../..')
const names = ['bootstrap-stage0', 'bootstrap-tcc', 'bootstrap-musl', 'user-hello-c']

const built =
  engine === undefined ? { missing: 'no STAGEX_ENGINE' } : buildBootstrapImages(...names)
const out = built.missing === undefined ? built.out : ''
const place = mkdtempSync(join(tmpdir(), 'stagex-engine-'))
afterAll(() => {
  rmSync(place, { recursive: true })
  if (out !== '') rmSync(out, { recursive: true })
})

async function imageIn(layout: string): Promise<LayoutImage> {
  const [image] = (await readLayout(layout)).images
  if (image === undefined) throw new Error(`no image in ${layout}`)
  return image
}

/** The package's folder, with its sources and with the images that it is built from. */
function layContext(image: Image): string {
  const context = join(place, `${image.name}-context`)
  cpSync(image.package.directory, context, { recursive: true })
  const sources = join(root, 'fetch', image.package.stage, image.package.name)
  if (image.package.sources.length > 0) cpSync(sources, join(context, 'fetch'), { recursive: true })
  mkdirSync(join(context, '.images'))
  return context
}

/** The options that hand over our images; the context has them in `.images`. */
async function handOver(image: Image, context: string): Promise<string[]> {
  const options: string[] = []
  for (const name of names.slice(0, names.indexOf(image.name))) {
    cpSync(join(out, name), join(context, '.images', name), { recursive: true })
    const { digest } = (await imageIn(join(out, name))).descriptor
    options.push('--build-context', `stagex/${name}=oci-layout://.images/${name}@${digest}`)
  }
  return options
}

async function buildByEngine(image: Image): Promise<LayoutImage> {
  const context = layContext(image)
  const options = await handOver(image, context)
  for (const [key, value] of Object.entries(image.package.buildArguments)) {
    options.push('--build-arg', `${key}=${value}`)
  }
  const [program = '', ...words] = (engine ?? '').split(' ')
  const layout = join(place, image.name)
  const { version = '1' } = image.package
  const env = {
    ...(process.env as Record<string, string>),
    ANCHOR_IMAGE: image.name,
    ANCHOR_VERSION: version.includes('+') ? '1' : version,
    ANCHOR_PLATFORM: 'linux/386'
  }
  const { status, stderr } = await run(program, [...words, 'build', context, layout, ...options], {
    env
  })
  expect(status, stderr.slice(-2000)).toBe(0)
  return imageIn(layout)
}

describe.skipIf(built.missing !== undefined)(`the bootstrap images ${built.missing ?? ''}`, () => {
  it.for(names)('%s is the one that BuildKit builds', { timeout: 600_000 }, async (name) => {
    const image = (await loadTree(root)).images.get(name)
    if (image === undefined) throw new Error(`no image ${name}`)
    const ours = await imageIn(join(out, name))
    const comparison = await compareImages(await buildByEngine(image), ours)
    const whole = canonical !== undefined && image.package.version?.includes('+') !== true
    expect(whole ? ['manifest'] : ['manifest', 'image'], JSON.stringify(comparison)).toContain(
      comparison.agreement
    )
  })
})
