import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How large a tree to generate. */
export interface TreeShape {
  readonly packages: number
  readonly sources: number
  /** References to other packages in all Containerfiles together. */
  readonly edges: number
}

/** The shape of StageX 2026.03.0. */
export const REAL_SHAPE: TreeShape = { packages: 444, sources: 775, edges: 2926 }

const STAGES = ['bootstrap', 'core', 'pallet', 'user'] as const

/** Writes a tree of packages below `root`; the same shape gives the same files. */
export function generateTree(root: string, shape: TreeShape): void {
  const names = Array.from({ length: shape.packages }, (_, index) => nameOf(index, shape.packages))
  const random = randomNumbers(20260300)
  names.forEach((name, index) => {
    const folder = join(root, 'packages', name.stage, name.name)
    mkdirSync(folder, { recursive: true })
    const sources = share(shape.sources, index, shape.packages)
    writeFileSync(join(folder, 'package.toml'), definition(name.name, sources, random))
    const wanted = index === 0 ? 0 : share(shape.edges, index, shape.packages)
    const needed = Array.from({ length: wanted }, () => names[random(index)] ?? name)
    writeFileSync(join(folder, 'Containerfile'), containerfile(needed))
  })
}

interface Name {
  readonly stage: string
  readonly name: string
}

/** Early packages are the bootstrap's, late ones the users'. */
function nameOf(index: number, packages: number): Name {
  const stage = STAGES[Math.min(3, Math.floor((index / packages) * 4.2))] ?? 'core'
  return { stage, name: `package-${index}` }
}

/** An even share of `total` for the part at `index`, the shares adding up to the total. */
function share(total: number, index: number, parts: number): number {
  return Math.floor((total * (index + 1)) / parts) - Math.floor((total * index) / parts)
}

function definition(name: string, sources: number, random: (below: number) => number): string {
  const version = `${random(20)}.${random(30)}.${random(9)}`
  const head = [
    '[package]',
    `name = "${name}"`,
    `version = "${version}"`,
    'description = "A generated package of the size that packages have"',
    'license = "GPL-2.0-or-later WITH Autoconf-exception-2.0 OR MIT"',
    `website = "https://example.org/${name}"`
  ]
  const bodies = Array.from({ length: sources }, (_, index) => source(`${name}_${index}`, random))
  return `${[...head, ...bodies].join('\n')}\n`
}

function source(key: string, random: (below: number) => number): string {
  const hash = Array.from({ length: 8 }, () =>
    random(2 ** 31)
      .toString(16)
      .padStart(8, '0')
  ).join('')
  return [
    '',
    `[sources.${key}]`,
    `hash = "${hash}"`,
    'format = "tar.gz"',
    `file = "${key}-{version}.{format}"`,
    `mirrors = ["https://example.org/releases/{version_major_minor}/{file}", "https://mirror.example.org/{file}",]`
  ].join('\n')
}

/** One FROM and the rest COPY --from, as in the real tree, around a script of the usual length. */
function containerfile(needed: readonly Name[]): string {
  const [base, ...others] = needed.map(({ stage, name }) => `stagex/${stage}-${name}`)
  return [
    `FROM ${base ?? 'scratch'} AS base`,
    'ARG VERSION',
    ...others.map((image) => `COPY --from=${image} . /`),
    'FROM base AS build',
    'ENV SOURCE_DATE_EPOCH=1',
    'ADD fetch/source-${VERSION}.tar.gz /',
    'WORKDIR /source-${VERSION}',
    'RUN --network=none <<-EOF',
    '\tset -eux',
    '\t./configure \\',
    ...Array.from({ length: 12 }, (_, index) => `\t\t--with-feature-${index}=yes \\`),
    '\t\t--prefix=/usr',
    '\tmake -j "$(nproc)"',
    '\tmake DESTDIR=/rootfs install',
    'EOF',
    'FROM scratch AS package',
    'COPY --from=build /rootfs/ /',
    ''
  ].join('\n')
}

/** Whole numbers below a bound: a linear congruential generator (Knuth's MMIX constants), high bits. */
function randomNumbers(seed: number): (below: number) => number {
  let state = BigInt(seed)
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
    return Number((state >> 33n) % BigInt(below))
  }
}
