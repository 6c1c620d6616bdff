import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parsedUrl, shownText } from '../../http/shown-url.js'
import type { TransferOptions } from '../../source/fetch-options.js'
import { type LearnedSource, learnSource } from '../../source/learn-source.js'
import { MIRROR_SCHEMES, isMirrorUrl } from '../../source/mirror-url.js'
import { placeSource } from '../../source/place-source.js'
import type { SourceStore } from '../../source/source-store.js'
import { Transfer } from '../../source/transfer.js'
import { PACKAGE_FIELDS, PACKAGE_NAME } from '../../tree/definition-fields.js'
import type { Tree } from '../../tree/tree.js'
import { UpkeepError } from '../upkeep-error.js'
import { type ArchiveFacts, archiveFacts } from './archive-facts.js'
import { archiveName } from './archive-name.js'
import { type BuildTemplate, buildTemplates, templateFor, unpackOnly } from './build-templates.js'
import { guessLicense } from './guess-license.js'
import { mirrorTemplate } from './mirror-template.js'
import { type NewPackageFacts, containerfileText, definitionText } from './package-texts.js'

/** A package that somebody wants to have. */
export interface PackageRequest {
  /** `<stage>-<name>`, or a name alone, which becomes a user package. */
  readonly name: string
  /** Mirrors of its one source, at least one. */
  readonly urls: readonly string[]
  /** Where the URL does not tell it. */
  readonly version?: string
  /** A template's name, where the archive's own files are not to decide. */
  readonly template?: string
  /** Full name of the image to build in, where the template's are not to be. */
  readonly base?: string
}

/** A package that was written. */
export interface NewPackage {
  /** `<stage>-<name>` */
  readonly fullName: string
  /** Paths below the tree's root. */
  readonly files: readonly string[]
  readonly facts: NewPackageFacts
  readonly learned: LearnedSource
  /** Images that the template would use and the tree does not have. */
  readonly missingTools: readonly string[]
}

/**
 * Fetches a release, looks what it is, and writes a package for it. Nothing is written before all is known,
 * and nothing that is there is ever changed.
 * @throws UpkeepError `upkeep/bad-name`, `upkeep/exists`, `upkeep/bad-url`, `upkeep/bad-version`,
 * `upkeep/no-template`, `upkeep/no-base`; SourceError
 */
export async function newPackage(
  tree: Tree,
  request: PackageRequest,
  store: SourceStore,
  options: TransferOptions
): Promise<NewPackage> {
  const { stage, name } = placeOf(tree, request.name)
  const { version, format, mirrors } = releaseOf(request)
  const asked = askedTemplate(request.template)
  refuseUnknownBase(tree, request.base)
  const learned = await learnSource(request.urls, store, new Transfer(options))
  const archive = await archiveFacts(learned.path)
  const built = howToBuild(tree, request, asked, archive)
  const license = guessLicense(archive?.licenses ?? [], archive?.others ?? [])
  const website = websiteOf(request.urls)
  const onlyHost = onlyHostOf(request.urls)
  const facts: NewPackageFacts = {
    ...{ name, version, format, mirrors, hash: learned.hash, ...built.facts },
    ...(license !== undefined && { license }),
    ...(website !== undefined && { website }),
    ...(onlyHost !== undefined && { onlyHost }),
    ...(archive?.folder !== undefined && { folder: archive.folder })
  }
  const files = writePackage(tree.root, stage, facts)
  const source = { key: name, hash: learned.hash, mirrors, file: `${name}-${version}.${format}` }
  await placeSource(learned.path, { source, directory: join(tree.root, 'fetch', stage, name) })
  return { fullName: `${stage}-${name}`, files, facts, learned, missingTools: built.missingTools }
}

const knownStages = ['bootstrap', 'core', 'pallet', 'user']

function placeOf(tree: Tree, given: string): { stage: string; name: string } {
  const dash = given.indexOf('-')
  const first = given.slice(0, Math.max(0, dash))
  const stages = new Set([...knownStages, ...[...tree.packages.values()].map(({ stage }) => stage)])
  const place = stages.has(first)
    ? { stage: first, name: given.slice(dash + 1) }
    : { stage: 'user', name: given }
  if (!PACKAGE_NAME.pattern.test(place.name) || place.name.length > 100) {
    const { expected } = PACKAGE_NAME
    throw usage('upkeep/bad-name', 'this cannot be the name of a package', expected, given)
  }
  const fullName = `${place.stage}-${place.name}`
  if (!tree.packages.has(fullName) && !tree.images.has(fullName) && !tree.broken.has(fullName)) {
    return place
  }
  throw usage('upkeep/exists', `there is a package ${fullName} already`, 'another name', given)
}

function releaseOf({ urls, version: told }: PackageRequest): {
  version: string
  format: string
  mirrors: string[]
} {
  for (const url of urls) checkUrl(url)
  const path = parsedUrl(urls[0] ?? '')?.pathname ?? ''
  const { format, version: found } = archiveName(decoded(path))
  const version = told ?? found
  const field = PACKAGE_FIELDS.find(({ key }) => key === 'version')
  const pattern = field?.shape === 'string' ? field.format.pattern : /^$/
  if (version !== undefined && pattern.test(version)) {
    return { version, format, mirrors: urls.map((url) => mirrorTemplate(url, version)) }
  }
  const message = version === undefined ? 'the URL does not tell the version' : 'this is no version'
  throw usage('upkeep/bad-version', message, '--at <version>', version ?? path)
}

/** A URL that goes into the tree as it is: no secret in it, and nothing that a template would mean otherwise. */
function checkUrl(url: string): void {
  const meant = parsedUrl(url)
  const found = shownText(url)
  if (meant === undefined || !isMirrorUrl(meant)) {
    throw usage('upkeep/bad-url', 'nothing can be fetched from here', MIRROR_SCHEMES, found)
  }
  if (meant.username === '' && meant.password === '' && /^[!-z|~]+$/.test(url)) return
  const expected = 'a URL in ASCII, without a password and without braces'
  throw usage('upkeep/bad-url', 'this cannot be a mirror', expected, found)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function askedTemplate(name: string | undefined): BuildTemplate | undefined {
  if (name === undefined) return undefined
  const all = [...buildTemplates, unpackOnly]
  const found = all.find((template) => template.name === name)
  if (found !== undefined) return found
  const expected = all.map((template) => template.name).join(', ')
  throw usage('upkeep/no-template', 'there is no such template', expected, name)
}

function refuseUnknownBase(tree: Tree, base: string | undefined): void {
  if (base === undefined || tree.images.has(base)) return
  throw usage('upkeep/no-base', 'the tree has no such image', 'stagex list shows all', base)
}

function howToBuild(
  tree: Tree,
  { base: asked }: PackageRequest,
  template: BuildTemplate | undefined,
  archive: ArchiveFacts | undefined
): { facts: Pick<NewPackageFacts, 'template' | 'base' | 'tools'>; missingTools: string[] } {
  const chosen = template ?? templateFor(archive?.names ?? new Set())
  if (chosen.bases.length === 0) return { facts: { template: chosen, tools: [] }, missingTools: [] }
  const base = asked ?? chosen.bases.find((name) => tree.images.has(name))
  if (base === undefined) {
    const expected = `one of ${chosen.bases.join(', ')}; or --from <image>`
    throw usage('upkeep/no-base', `the tree has no image to build with ${chosen.name} in`, expected)
  }
  const tools = chosen.tools.filter((tool) => tree.images.has(tool) && tool !== base)
  const missingTools = chosen.tools.filter((tool) => !tree.images.has(tool))
  return { facts: { template: chosen, base, tools }, missingTools }
}

/** Where the first web mirror is at home: for hosts of git the project's page. */
function websiteOf(urls: readonly string[]): string | undefined {
  const url = urls.map((each) => new URL(each)).find(({ protocol }) => /^https?:$/.test(protocol))
  if (url === undefined) return undefined
  const [, project] = /^(\/[^/]+\/[^/]+)\/(?:-\/)?(?:archive|releases)\//.exec(url.pathname) ?? []
  return `${url.origin}${project ?? '/'}`
}

function onlyHostOf(urls: readonly string[]): string | undefined {
  const hosts = new Set(
    urls.map((url) => new URL(url)).map(({ protocol, hostname }) => hostname || protocol)
  )
  const [host] = hosts
  return hosts.size === 1 && host !== 'debian:' ? host : undefined
}

function writePackage(root: string, stage: string, facts: NewPackageFacts): string[] {
  const folder = join('packages', stage, facts.name)
  mkdirSync(dirname(join(root, folder)), { recursive: true })
  try {
    mkdirSync(join(root, folder))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    throw usage('upkeep/exists', 'something of this name is there already', 'a free name', folder)
  }
  const texts = { 'package.toml': definitionText(facts), Containerfile: containerfileText(facts) }
  return Object.entries(texts).map(([name, text]) => {
    writeFileSync(join(root, folder, name), text, { flag: 'wx' })
    return join(folder, name)
  })
}

function usage(
  code: UpkeepError['code'],
  message: string,
  expected: string,
  found?: string
): UpkeepError {
  const details = found === undefined ? {} : { found: found.slice(0, 300) }
  return new UpkeepError(code, message, { kind: 'usage', expected, ...details })
}
