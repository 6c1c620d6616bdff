import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CaseOptions, ExpectedStage } from './golden-case.js'

/*
 * Writes the golden cases' expected.json with the real engine:
 *
 *   STAGEX_ANCHOR=path/to/anchor-docker npx vitest run test/containerfile/golden.test.ts
 *
 * The program named by STAGEX_ANCHOR is called as `PROGRAM build CONTEXT OUT [ARGUMENT…]`: it builds
 * CONTEXT/Containerfile with BuildKit and unpacks the OCI layout into OUT. A static busybox must be at
 * /bin/busybox.
 */

interface Config {
  readonly author?: string
  readonly architecture: string
  readonly os: string
  readonly variant?: string
  readonly config: Record<string, unknown>
  readonly history:
    readonly { readonly created_by: string; readonly empty_layer?: boolean }[] | null
}

/** Builds one case with the real engine and returns what the engine recorded. */
export function recordCase(
  anchor: string,
  containerfile: string,
  options: CaseOptions
): ExpectedStage {
  const work = mkdtempSync(join(tmpdir(), 'stagex-record-'))
  try {
    const context = join(work, 'context')
    const layout = join(work, 'layout')
    writeContext(context, containerfile)
    mkdirSync(layout)
    execFileSync(anchor, ['build', context, layout, ...engineArguments(options)], {
      env: { ...process.env, ANCHOR_PLATFORM: options.platform ?? 'linux/amd64' },
      stdio: ['ignore', 'ignore', 'inherit']
    })
    return expectedStage(readConfig(layout))
  } finally {
    rmSync(work, { recursive: true })
  }
}

function writeContext(context: string, containerfile: string): void {
  mkdirSync(join(context, 'folder'), { recursive: true })
  copyFileSync(containerfile, join(context, 'Containerfile'))
  copyFileSync('/bin/busybox', join(context, 'busybox'))
  writeFileSync(join(context, 'a.txt'), 'a\n')
  writeFileSync(join(context, 'folder/b.txt'), 'b\n')
}

function engineArguments(options: CaseOptions): string[] {
  const args = Object.entries(options.buildArgs ?? {})
  const target = options.target === undefined ? [] : ['--target', options.target]
  return [...args.flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]), ...target]
}

function readConfig(layout: string): Config {
  const blob = (digest: string): unknown =>
    JSON.parse(readFileSync(join(layout, 'blobs', digest.replace(':', '/')), 'utf8'))
  const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as Index
  const nested = blob(index.manifests[0].digest) as Index
  const manifest = blob(nested.manifests[0].digest) as {
    readonly config: { readonly digest: string }
  }
  return blob(manifest.config.digest) as Config
}

interface Index {
  readonly manifests: readonly [{ readonly digest: string }]
}

function expectedStage(config: Config): ExpectedStage {
  return {
    ...(config.author === undefined ? {} : { author: config.author }),
    platform: [config.os, config.architecture, config.variant].filter(Boolean).join('/'),
    config: config.config,
    history: (config.history ?? []).map((entry) =>
      entry.empty_layer === true ? entry.created_by : { layer: entry.created_by }
    )
  }
}
