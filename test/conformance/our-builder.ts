import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from '../../src/base/process.js'
import type { ContainerfileResult } from '../../src/build/build-containerfile.js'
import { type ConformanceCase, layOut } from './conformance-case.js'

type Module = typeof import('../../src/build/build-containerfile.js')

const checkout = join(import.meta.dirname, '../..')

/**
 * Builds cases with the embedded builder, in one worker. It runs compiled, as people run it, because the worker
 * is a program of its own.
 * @param folder an empty folder; layouts go to `layouts/<case>` in it
 */
export async function buildCases(
  folder: string,
  cases: readonly ConformanceCase[]
): Promise<Map<string, ContainerfileResult>> {
  const { status, stderr } = await run(join(checkout, 'stagex'), ['--version'])
  if (status !== 0) throw new Error(stderr)
  const module = pathToFileURL(join(checkout, 'dist/build/build-containerfile.js')).href
  const { buildContainerfiles } = (await import(module)) as Module
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
  return buildContainerfiles(builder, builds)
}

/** Removes the folder of {@link buildCases}: the store's files may belong to other users. */
export async function removeBuild(folder: string): Promise<void> {
  const module = pathToFileURL(join(checkout, 'dist/build/worker/remove-folder.js')).href
  const { removeFolder } = (await import(module)) as {
    removeFolder: (folder: string) => Promise<void>
  }
  await removeFolder(folder)
}
