import type { BuiltImage } from '../../build/image/built-image.js'
import { hexOf } from '../../oci/digest.js'
import { containerfileLabel } from '../../tree/containerfile-label.js'
import { digestFile, readDigestFile } from '../../tree/digest-file.js'
import { makeGraph } from '../../tree/graph.js'
import { reachable } from '../../tree/graph-walk.js'
import type { Image, Package, Tree } from '../../tree/tree.js'
import { buildTraces } from './build-traces.js'
import { type BuiltImages, builtImages } from './built-images.js'
import type { Finding } from './finding.js'
import type { Gathered } from './gathered.js'
import { packageFiles } from './package-files.js'
import { packageSubject, type PackageSubject } from './package-subject.js'
import { ImageReader } from './read-image.js'
import type { DigestRule, ImageRule, Rule } from './rule.js'

/** What to look at, and where it is. */
export interface Inspection {
  readonly tree: Tree
  /** The store's folder. */
  readonly home: string
  readonly packages: readonly Package[]
  readonly rules: readonly Rule[]
}

/**
 * Asks the rules about digests and files of those images that are built as they are defined now. Files are
 * read only where there is a rule about them.
 * @throws OciError, BuildError where the store is damaged; TreeError `tree/bad-digest-file`
 */
export async function inspectImages(inspection: Inspection, gathered: Gathered): Promise<void> {
  const { tree, home, packages, rules } = inspection
  const asked = rules.filter((rule) => rule.on === 'image' || rule.on === 'digest')
  const names = packages.flatMap((owner) => owner.images.map(({ name }) => name))
  const built = asked.length === 0 ? undefined : builtImages(tree, home, names)
  if (built === undefined) return
  const inspector = new ImageInspector(tree, built, asked)
  for (const owner of packages) {
    const subject = packageSubject(owner, packageFiles(tree.root, owner.fullName))
    if (subject === undefined) continue
    for (const image of owner.images) {
      for await (const finding of inspector.findings(image, subject)) gathered.add(finding)
    }
    if (!owner.images.every(({ name }) => built.images.has(name))) continue
    for (const rule of asked) gathered.setAsked(owner.fullName, rule)
  }
}

class ImageInspector {
  readonly #tree: Tree
  readonly #built: BuiltImages
  readonly #digestRules: readonly DigestRule[]
  readonly #fileRules: readonly ImageRule[]
  readonly #reader: ImageReader
  readonly #dependencies: (name: string) => readonly string[]

  constructor(tree: Tree, built: BuiltImages, rules: readonly (DigestRule | ImageRule)[]) {
    this.#tree = tree
    this.#built = built
    this.#digestRules = rules.filter((rule) => rule.on === 'digest')
    this.#fileRules = rules.filter((rule) => rule.on === 'image')
    this.#reader = new ImageReader(built.store)
    this.#dependencies = makeGraph(tree).dependencies
  }

  async *findings(image: Image, owner: PackageSubject): AsyncGenerator<Finding> {
    const [first, ...others] = this.#built.images.get(image.name) ?? []
    if (first === undefined) return
    const place = placeOf(image, owner, this.#tree.root)
    for (const rule of this.#digestRules) {
      for (const remark of rule.check({
        built: hexOf(first.manifest.digest),
        ...this.#recorded(image)
      })) {
        yield { ...remark, ...place, rule: rule.name, level: rule.level }
      }
    }
    if (this.#fileRules.length === 0) return
    for (const platform of [first, ...others]) {
      const companions = this.#companionsOf(image)
      const subject = await this.#reader.read(platform, buildTraces(owner), companions)
      for (const rule of this.#fileRules) {
        for (const { path, ...told } of rule.check(subject)) {
          yield { ...told, ...place, rule: rule.name, level: rule.level, paths: [path] }
        }
      }
    }
  }

  #recorded({ name, package: { stage } }: Image): { recorded?: string } {
    const recorded = readDigestFile(digestFile(this.#tree.root, stage)).get(name)
    return recorded === undefined ? {} : { recorded }
  }

  #companionsOf({ name }: Image): BuiltImage[] {
    const names = reachable([name], this.#dependencies).filter((each) => each !== name)
    return names.flatMap((each) => this.#built.images.get(each) ?? [])
  }
}

/** Findings about an image stand where the stage begins that it is built from. */
function placeOf(
  { name, target, package: owner }: Image,
  { containerfile: { stages } }: PackageSubject,
  root: string
): Pick<Finding, 'package' | 'file' | 'image' | 'position'> {
  const stage = stages.findLast((each) => each.name === target) ?? stages.at(-1)
  const { line = 1, column = 1 } = stage?.from.position ?? {}
  const file = containerfileLabel({ root }, owner)
  return { package: owner.fullName, file, image: name, position: { line, column } }
}
