import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import { printReport } from './report.js'

/** `stagex push` */
export const pushCommand = declareCommand({
  name: 'push',
  group: 'Publish',
  summary: 'Push one image that was built here to any registry',
  arguments: '<name> <reference>',
  details: `
Pushes an image as it is defined now to a repository of your own, under the tag that the reference has, else its
version. It asks for no signatures: to publish a release, use stagex publish. Registries on this machine are spoken to
over plain HTTP, all others over HTTPS, as whoever you logged in as with podman login, skopeo login or docker login.`,
  examples: [['push hello localhost:5000/me/hello:1.0', 'try out what you built']],
  options: {},
  run: async (context, [name = '', reference = '']) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { resolveNames } = await import('../tree/resolve-names.js')
    const { builtImages } = await import('../publish/publishable.js')
    const { pushTagged } = await import('../publish/push-tagged.js')
    const { Registry } = await import('../oci/registry/registry.js')
    const { registryOptions } = await import('./publish/registry-options.js')
    const { TransferProgress } = await import('./progress/transfer-progress.js')
    const { registry, path, tag } = await targetOf(reference)
    const tree = await loadTree(context.root)
    const names = resolveNames(tree, [name]).images.map((image) => image.name)
    const [image, ...more] = builtImages(tree, context.home, names)
    if (image === undefined || more.length > 0) throw notOne(names)
    const repository = new Registry(registry, registryOptions(context)).repository(path)
    const progress = new TransferProgress(context.stderr, 1)
    const tags = [tag ?? image.version ?? 'latest']
    await pushTagged(repository, image, tags, { onBytes: progress.bytes }).finally(() => {
      progress.end()
    })
    const { digest } = image.named.descriptor
    const pushed = { image: image.image, digest, reference: `${repository.name}:${tags.join()}` }
    printReport(context, pushed, () => `${digest} ${pushed.reference}\n`)
    return 0
  }
})

/** @throws CliError `cli/bad-usage` */
async function targetOf(
  reference: string
): Promise<{ registry: string; path: string; tag: string | undefined }> {
  const { parseImageName } = await import('../containerfile/image-reference.js')
  const parsed = parseImageName(reference)
  const slash = parsed?.repository.indexOf('/') ?? -1
  if (parsed !== undefined && parsed.digest === undefined && slash > 0) {
    const { repository, tag } = parsed
    return { registry: repository.slice(0, slash), path: repository.slice(slash + 1), tag }
  }
  throw new CliError('cli/bad-usage', 'this names nothing that can be pushed to', {
    kind: 'usage',
    expected: 'registry/repository:tag',
    found: reference
  })
}

function notOne(names: readonly string[]): CliError {
  return new CliError('cli/bad-usage', 'one image is pushed at a time', {
    kind: 'usage',
    found: names.join(' ')
  })
}
