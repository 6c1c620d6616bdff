import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type ImageName, parseImageName } from '../../containerfile/image-reference.js'
import { type Digest, digestOfHex, isDigest } from '../../oci/digest.js'
import { releaseTag } from '../../publish/release-name.js'
import { digestFile, readDigestFile } from '../../tree/digest-file.js'
import { type Subject, subjectOf, subjectOfRepository } from '../../trust/payload/subject.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../context.js'

/** What a command line of `verify` names. */
export interface WantedSubjects {
  readonly names: readonly string[]
  readonly all: boolean
  readonly release: string | undefined
  /** Where the tree is published. */
  readonly places: readonly string[]
}

/**
 * The images to verify; at least one, because nothing at all is never good.
 * @throws CliError `cli/bad-usage`; TreeError; RegistryError; OciError
 */
export async function wantedSubjects(
  context: CommandContext,
  wanted: WantedSubjects
): Promise<Subject[]> {
  const { names, all, release } = wanted
  if (all && names.length > 0) throw nothing('names and --all together')
  const subjects =
    all || (names.length === 0 && release !== undefined)
      ? await subjectsOfTree(context, undefined, wanted)
      : (await Promise.all(names.map((name) => someSubjects(context, name, wanted)))).flat()
  if (subjects.length > 0) return subjects
  throw nothing(all ? 'digests/ records no image' : 'nothing')
}

/** What one name means. Beside names that mean something, one that means nothing would look as if it were good. */
async function someSubjects(
  context: CommandContext,
  name: string,
  wanted: WantedSubjects
): Promise<Subject[]> {
  const subjects = await subjectsNamed(context, name, wanted)
  if (subjects.length === 0) throw nothing(`no image in ${name}`)
  return subjects
}

/** A layout's folder, a file of digests, a reference, or images of the tree. */
async function subjectsNamed(
  context: CommandContext,
  name: string,
  wanted: WantedSubjects
): Promise<Subject[]> {
  const path = resolve(context.cwd, name.replace(/^oci:/, ''))
  if (existsSync(join(path, 'index.json'))) return subjectsOfLayout(path, wanted.places)
  if (name.endsWith('.txt') && statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
    return subjectsOfTable(readDigestFile(path), wanted.places)
  }
  if (namesFolderHere(context, name)) throw notThere(path)
  if (name.includes('/')) return subjectsOfReference(context, name, wanted.places)
  return subjectsOfTree(context, name, wanted)
}

/**
 * `out/hello` that is not there, or `digests/usr.txt`: as a reference it would be one to Docker Hub, which is not to be
 * asked because of a slip. A name that begins with a registry's host is none of these.
 */
function namesFolderHere({ cwd }: CommandContext, name: string): boolean {
  const [first = '', ...rest] = name.replace(/^oci:/, '').split('/')
  if (name.startsWith('oci:') || first === '' || first.startsWith('.')) return true
  const host = /[.:]/.test(first) || first === 'localhost'
  return rest.length > 0 && !host && existsSync(resolve(cwd, first))
}

function notThere(where: string): CliError {
  return new CliError('cli/bad-usage', 'there is neither a layout nor a file of digests', {
    kind: 'usage',
    where,
    expected: 'a folder with index.json, or a .txt file as in digests/'
  })
}

async function subjectsOfLayout(path: string, places: readonly string[]): Promise<Subject[]> {
  const { readLayout } = await import('../../oci/layout-reader.js')
  const { images } = await readLayout(path)
  return images.map(({ descriptor }) => subjectOf(basename(path), descriptor.digest, places))
}

function subjectsOfTable(table: ReadonlyMap<string, string>, places: readonly string[]): Subject[] {
  return [...table].map(([image, hex]) => subjectOf(image, digestOfHex(hex), places))
}

/** Images of the tree: as `digests/` records them, or as the tag of a release names them. */
async function subjectsOfTree(
  context: CommandContext,
  name: string | undefined,
  { release, places }: WantedSubjects
): Promise<Subject[]> {
  const { loadTree } = await import('../../tree/load-tree.js')
  const { resolveNames } = await import('../../tree/resolve-names.js')
  const tree = await loadTree(context.root)
  const images = name === undefined ? [...tree.images.values()] : resolveNames(tree, [name]).images
  if (release !== undefined) {
    return subjectsOfRelease(context, images, releaseTag(release), places)
  }
  return images.flatMap(({ name: image, package: { stage } }) => {
    const hex = readDigestFile(digestFile(context.root, stage)).get(image)
    if (hex !== undefined) return [subjectOf(image, digestOfHex(hex), places)]
    if (name === undefined) return []
    throw new CliError('cli/bad-usage', 'digests/ does not have the image', {
      kind: 'usage',
      where: image,
      hint: 'name its layout or its reference; or record it with stagex digests --write'
    })
  })
}

/**
 * What a tag names at every registry that the tree is published at. Where all of them have the same, it is one
 * image; where they differ, each of them has to be good.
 */
async function subjectsOfRelease(
  context: CommandContext,
  images: readonly { readonly name: string }[],
  tag: string,
  places: readonly string[]
): Promise<Subject[]> {
  const { inParallel } = await import('../../base/in-parallel.js')
  if (places.length === 0) throw nothing('no registry in release.toml')
  const found = await inParallel(images, 8, async ({ name }) => {
    const copies = await Promise.all(
      places.map((place) => subjectsOfReference(context, `${place}/${name}:${tag}`, places))
    )
    const digests = copies.map((subjects) => subjects.map(({ digest }) => digest).join(' '))
    return new Set(digests).size === 1 ? copies.slice(0, 1).flat() : copies.flat()
  })
  return found.flat()
}

/** An image at a registry; one that is named by its digest is verified without asking anybody. */
async function subjectsOfReference(
  context: CommandContext,
  reference: string,
  places: readonly string[]
): Promise<Subject[]> {
  const named = parseImageName(reference.replace(/^(?:docker:\/\/|https?:\/\/)/, ''))
  if (named === undefined) throw nothing(reference)
  const digests =
    named.digest !== undefined && isDigest(named.digest)
      ? [named.digest]
      : await manifestsAt(context, named)
  return digests.map((digest) => subjectOfRepository(named.repository, digest, places))
}

async function manifestsAt(context: CommandContext, named: ImageName): Promise<readonly Digest[]> {
  const { resolveManifests } = await import('./resolve-manifests.js')
  return (await resolveManifests(context, named.repository, named.tag ?? 'latest')).manifests
}

function nothing(found: string): CliError {
  return new CliError('cli/bad-usage', 'there is nothing to verify', {
    kind: 'usage',
    expected: 'images, layouts, references or files of digests; or --all, or --release',
    found
  })
}
