import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Trusted } from '../trust/quorum/judge.js'
import type { SignaturePlace } from '../trust/sign/signature-place.js'
import type { Signer } from '../trust/sign/signer.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { flag, text } from './option.js'
import { counted } from './readable.js'
import { printReport } from './report.js'

/** `stagex sign` */
export const signCommand = declareCommand({
  name: 'sign',
  group: 'Trust',
  summary: 'Say, by a signature, that you built images on this machine',
  arguments: '[name...]',
  details: `
Signs the digests of images that this machine built as they are defined now, with gpg, so that a smart card is asked for
its PIN once and for a touch as it is set up. What was taken from others is refused, and what is made from it. Signatures
go to signatures/; what you have signed already is not signed again, so that an interrupted call can be repeated. With
git+URL#branch they are committed to a branch of a repository of signatures, and pushed there in the end.`,
  examples: [
    ['sign --all', 'every image of the tree'],
    ['sign core-gcc --machine desk', 'one image, built on the machine desk of MAINTAINERS'],
    [
      'sign --all --signatures git+ssh://git@example.org/signatures.git#release/2026.03.0',
      'into a repository that several share'
    ]
  ],
  options: {
    all: flag('--all', 'every image of the tree'),
    key: text('--key <fingerprint>', 'the key to sign with, where gpg has several'),
    secretKey: text(
      '--secret-key <file>',
      'a secret key in a file, without a passphrase: for trials only'
    ),
    machine: text(
      '--machine <name>',
      'the machine of MAINTAINERS that this is (default: by its processor)'
    ),
    signatures: text(
      '--signatures <where>',
      'where signatures go: a folder, or git+URL[#branch] (default: signatures/ of the tree)'
    )
  },
  run: async (context, names, { all, key, secretKey, machine, signatures }) => {
    if (all === names.length > 0) {
      const found = all ? 'both' : 'neither'
      const message = 'name the images to sign, or say --all'
      throw new CliError('cli/bad-usage', message, { kind: 'usage', found })
    }
    refuseLookaside(signatures)
    const { loadTree } = await import('../tree/load-tree.js')
    const { resolveNames } = await import('../tree/resolve-names.js')
    const { releaseSettings } = await import('../publish/release-settings.js')
    const { loadTrusted } = await import('../trust/quorum/load-trusted.js')
    const { signableImages } = await import('../trust/sign/signable.js')
    const { signImages } = await import('../trust/sign/sign-images.js')
    const { chooseMachine, cpuVendorOf } = await import('../trust/sign/choose-machine.js')
    const tree = await loadTree(context.root)
    const wanted = all
      ? [...tree.images.keys()]
      : resolveNames(tree, names).images.map((each) => each.name)
    const images = signableImages(tree, context.home, wanted)
    const now = Math.floor(context.now() / 1000)
    const trusted = loadTrusted(context.root, now)
    const signer = await signerOf(context, trusted, key, secretKey)
    const vendor = cpuVendorOf(cpuinfo())
    const { machines } = trusted.maintainers
    const chosen = chooseMachine(machines, signer.person, machine, vendor)
    if (chosen === undefined) {
      context.stderr.write(
        'no machine of yours is known to be this one: the signatures count for no vendor\n'
      )
    }
    let done = 0
    const { place, publish } = await openPlace(context, signatures, signer.person)
    const rows = await signImages(images, {
      place,
      trusted,
      signer,
      places: releaseSettings(context.root).registries,
      creator: `stagex ${versionOf(context.checkout)}`,
      machine: chosen,
      signal: context.interruption(),
      onSigned: ({ image, state }) => {
        done++
        const word = state === 'signed' ? 'signed' : 'was signed before'
        context.stderr.write(`${done}/${images.length} ${image} ${word}\n`)
      }
    })
    const published = await publish()
    if (published > 0) context.stderr.write(`${counted(published, 'signature')} pushed\n`)
    const signed = rows.filter(({ state }) => state === 'signed').length
    printReport(context, { person: signer.person, images: rows }, () => {
      return `${counted(signed, 'image')} signed as ${signer.person}, ${rows.length - signed} before\n`
    })
    return 0
  }
})

async function signerOf(
  context: CommandContext,
  { ring, now }: Trusted,
  key: string | undefined,
  secretKey: string | undefined
): Promise<Signer> {
  if (secretKey !== undefined) {
    const { softwareSigner } = await import('../trust/sign/software-signer.js')
    return softwareSigner(secretKey, ring, now)
  }
  const { gpgSigner } = await import('../trust/sign/gpg-signer.js')
  const signal = context.interruption()
  return gpgSigner({ ring, now, signal, ...(key === undefined ? {} : { key }) })
}

/** Where signatures go, and what brings them there in the end. */
interface OpenedPlace {
  readonly place: SignaturePlace
  /** Gives how many were pushed. */
  readonly publish: () => Promise<number>
}

async function openPlace(
  context: CommandContext,
  where = join(context.root, 'signatures'),
  person: string
): Promise<OpenedPlace> {
  const { parseGitPlace } = await import('../trust/sources/git-source.js')
  const git = parseGitPlace(where)
  if (git === undefined) {
    const { folderPlace } = await import('../trust/sign/signature-place.js')
    const folder = resolve(context.cwd, where)
    return { place: folderPlace(folder, process.pid), publish: () => Promise.resolve(0) }
  }
  const { openSignatureRepository } = await import('../trust/repository/signature-repository.js')
  const place = await openSignatureRepository({
    place: git,
    folder: context.home,
    message: `Sign images as ${person}`,
    process: process.pid,
    signal: context.interruption()
  })
  return { place, publish: () => place.publish() }
}

/**
 * A lookaside is only read; a folder `https:` would be the last that anybody looks into.
 * @throws CliError `cli/bad-usage`
 */
function refuseLookaside(where = ''): void {
  if (where.startsWith('git+') || !/^[a-z][a-z+.-]*:\/\//i.test(where)) return
  throw new CliError('cli/bad-usage', 'signatures cannot be written there', {
    kind: 'usage',
    expected: 'a folder, or git+URL[#branch]',
    found: where
  })
}

function cpuinfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return ''
  }
}

function versionOf(checkout: string): string {
  const file = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    version: string
  }
  return file.version
}
