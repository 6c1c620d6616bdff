import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { buildContainerfiles, ContainerfileResult } from '../../src/build/build-containerfile.js'
import type { removeFolder } from '../../src/build/remove-folder.js'
import { type ConformanceCase, layOut } from './conformance-case.js'

/**
 * Builds cases with the embedded builder, in one worker.
 * @param folder an empty folder; layouts go to `layouts/<case>` in it
 */
export async function buildCases(
  folder: string,
  cases: readonly ConformanceCase[]
): Promise<Map<string, ContainerfileResult>> {
  const program = await compileBuilder(join(folder, 'program'))
  const builds = []
  for (const one of cases) {
    const { context, contexts } = await layOut(join(folder, 'contexts'), one)
    builds.push({
      name: one.name,
      version: '1',
      containerfile: join(context, 'Containerfile'),
      context,
      contexts,
      buildArguments: { SOURCE_DATE_EPOCH: '1', BUILDKIT_MULTI_PLATFORM: '1', ...one.arguments },
      dependencies: one.images ?? [],
      ...(one.target === undefined ? {} : { target: one.target }),
      ...(one.platform === undefined ? {} : { platform: one.platform })
    })
  }
  const builder = {
    home: join(folder, 'store'),
    out: join(folder, 'layouts'),
    jobs: 2,
    env: process.env,
    signal: new AbortController().signal
  }
  return program.buildContainerfiles(builder, builds)
}

/** Removes the folder of {@link buildCases}: the store's files may belong to other users. */
export async function removeBuild(folder: string): Promise<void> {
  const program = await load(join(folder, 'program'))
  await program.removeFolder(folder)
}

interface Program {
  readonly buildContainerfiles: typeof buildContainerfiles
  readonly removeFolder: typeof removeFolder
}

/** Compiles the builder: its worker is a program of its own, which Node starts in a user namespace. */
async function compileBuilder(folder: string): Promise<Program> {
  const source = join(import.meta.dirname, '../../src')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  await build({
    stdin: {
      contents: `export * from './build/build-containerfile.js'
export * from './build/remove-folder.js'`,
      resolveDir: source
    },
    outfile: join(folder, 'build/builder.js'),
    ...compilerOptions
  })
  for (const file of ['build/worker/worker', 'build/worker/remove-script']) {
    await build({
      entryPoints: [join(source, `${file}.ts`)],
      outfile: join(folder, `${file}.js`),
      ...compilerOptions
    })
  }
  return load(folder)
}

const compilerOptions = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'silent'
} as const

async function load(folder: string): Promise<Program> {
  return (await import(pathToFileURL(join(folder, 'build/builder.js')).href)) as Program
}
