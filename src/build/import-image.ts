import { run } from '../base/process.js'
import { layoutArchive } from '../oci/layout-archive.js'
import { type LayoutImage, readLayout } from '../oci/layout-reader.js'
import { BuildError } from './build-error.js'

/** A container engine that images can be loaded into, and the environment that it is called with. */
export interface Engine {
  readonly program: 'docker' | 'podman'
  readonly env: Readonly<Record<string, string>>
}

/**
 * The first container engine that answers: Docker, whose daemon may not run, then Podman.
 * @throws BuildError `build/no-engine`
 */
export async function findEngine(
  environment: Readonly<Record<string, string | undefined>>
): Promise<Engine> {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined)
  const env = Object.fromEntries(given) as Record<string, string>
  for (const program of ['docker', 'podman'] as const) {
    const words = ['version', '--format', program === 'docker' ? '{{.Server.Version}}' : 'json']
    const answer = await run(program, words, { env }).catch(() => undefined)
    if (answer?.status === 0) return { program, env }
  }
  throw new BuildError('build/no-engine', 'there is no container engine to load images into', {
    expected: 'docker, whose daemon runs, or podman',
    hint: 'the images are in out/ as OCI layouts all the same: build without --import',
    kind: 'usage'
  })
}

/**
 * Loads an image from its layout, every blob of which is verified first.
 * @param name `<stage>-<name>`
 * @param architecture of this machine, as in images: what an engine takes that keeps one platform only
 * @returns what the engine calls it: `stagex/<stage>-<name>:local`
 * @throws BuildError `build/import-failed`; OciError for a damaged layout
 */
export async function importImage(
  { program, env }: Engine,
  directory: string,
  name: string,
  architecture: string
): Promise<string> {
  const reference = `stagex/${name}:local`
  const layout = await readLayout(directory)
  const image = imageFor(layout.images, architecture)
  if (image === undefined) throw failed(program, name, 'the layout holds no image')
  const input = layoutArchive(directory, layout, reference, image)
  const { status, stderr } = await run(program, ['load', '--quiet'], { env, input })
  if (status === 0) return reference
  throw failed(program, name, stderr.trim().slice(-2000))
}

function imageFor(images: readonly LayoutImage[], architecture: string): LayoutImage | undefined {
  return images.find(({ config }) => config.platform.architecture === architecture) ?? images[0]
}

function failed(program: string, name: string, found: string): BuildError {
  return new BuildError('build/import-failed', `${program} did not load ${name}`, {
    found,
    hint: `${program} info tells whether it works at all`
  })
}
