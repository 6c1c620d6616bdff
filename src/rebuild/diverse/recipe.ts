import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../../base/order.js'
import { type Digest, Digester, sha256 } from '../../oci/digest.js'
import type { Source } from '../../source/source.js'
import type { Tree } from '../../tree/tree.js'
import { DiverseError } from './diverse-error.js'

/** The images whose making is done again from other compilers, in the order of the chain. */
export const diverseImages = ['bootstrap-tcc', 'bootstrap-musl'] as const

/** A file that all chains must agree on. */
export interface ChainResult {
  readonly image: (typeof diverseImages)[number]
  /** In the image, without a leading slash. */
  readonly path: string
  /** In the folder in which a chain ran. */
  readonly made: string
}

/** All files that the chains must agree on. */
export const results: readonly ChainResult[] = [
  { image: 'bootstrap-tcc', path: 'usr/bin/tcc', made: 'tcc/out/tcc' },
  { image: 'bootstrap-tcc', path: 'usr/lib/tcc/libtcc1.a', made: 'tcc/out/libtcc1.a' },
  { image: 'bootstrap-musl', path: 'usr/lib/crt1.o', made: 'musl/out/lib/crt1.o' },
  { image: 'bootstrap-musl', path: 'usr/lib/crti.o', made: 'musl/out/lib/crti.o' },
  { image: 'bootstrap-musl', path: 'usr/lib/crtn.o', made: 'musl/out/lib/crtn.o' },
  { image: 'bootstrap-musl', path: 'usr/lib/libc.a', made: 'musl/out/lib/libc.a' }
]

/** How reports and records call a result: `bootstrap-tcc/usr/bin/tcc`. */
export function resultName({ image, path }: ChainResult): string {
  return `${image}/${path}`
}

/** What a chain made: the bytes of each result by its name, in the order of {@link results}. */
export type ChainFiles = ReadonlyMap<string, Buffer>

/** Where the parts of the recipe lie in a tree; absolute paths. */
export interface Recipe {
  readonly stage0: string
  readonly tcc: PackageRecipe
  readonly musl: PackageRecipe
}

/** A package's folder and the one source file it has. */
export interface PackageRecipe {
  readonly folder: string
  readonly source: Source
}

/** @throws DiverseError `diverse/no-package` where the tree does not have this chain */
export function findRecipe(tree: Tree): Recipe {
  const bootstrap = join(tree.root, 'packages', 'bootstrap')
  const of = (name: string): PackageRecipe => {
    const source = tree.images.get(`bootstrap-${name}`)?.package.sources[0]
    if (source !== undefined) return { folder: join(bootstrap, name), source }
    throw new DiverseError('diverse/no-package', `the tree has no bootstrap-${name}`, {
      where: bootstrap,
      kind: 'usage',
      hint: 'this command is about the chain of stagex’s own tree: see --root'
    })
  }
  return { stage0: join(bootstrap, 'stage0'), tcc: of('tcc'), musl: of('musl') }
}

/** The digest of the seed that the first chain starts from. */
export function seedDigest({ stage0 }: Recipe): Digest {
  return sha256(readFileSync(join(stage0, 'hex0-seed')))
}

/** A thing that goes into the chain, with its digest. */
export interface ChainInput {
  readonly name: string
  readonly digest: Digest
}

/** What the results are made of: the upstream sources, and all text of ours. */
export function inputsOf({ stage0, tcc, musl }: Recipe): readonly ChainInput[] {
  return [
    { name: tcc.source.file, digest: `sha256:${tcc.source.hash}` },
    { name: musl.source.file, digest: `sha256:${musl.source.hash}` },
    { name: 'packages/bootstrap/stage0', digest: digestOfFolder(stage0) },
    { name: 'packages/bootstrap/tcc', digest: digestOfFolder(tcc.folder) },
    { name: 'packages/bootstrap/musl', digest: digestOfFolder(musl.folder) }
  ]
}

/** The digest of the list of files, as sha256sum prints it, in the order of their names. */
function digestOfFolder(folder: string): Digest {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const list = new Digester()
  for (const path of paths.sort(byCodeUnit)) {
    const hex = sha256(readFileSync(join(folder, path))).slice('sha256:'.length)
    list.update(Buffer.from(`${hex}  ${path}\n`))
  }
  return list.digest()
}
