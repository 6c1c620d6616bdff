import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../src/base/process.js'
import type { ConformanceCase } from './conformance-case.js'

/**
 * A program that builds with a real BuildKit: `PROGRAM build CONTEXT OUT [OPTION…]` builds CONTEXT's
 * Containerfile under the StageX build command with further options of `docker build`, unpacks the OCI
 * layout into OUT, and `PROGRAM versions` tells what it is.
 */
export interface Engine {
  readonly command: readonly string[]
  readonly name: string
}

/** The engine that a variable of the environment names, as words; undefined where it names none. */
export async function engineOf(variable: string): Promise<Engine | undefined> {
  const command = (process.env[variable] ?? '').split(' ').filter((word) => word !== '')
  if (command.length === 0) return undefined
  const { stdout } = await call(command, ['versions'], {})
  const [server = ''] = stdout.split('Server:').slice(1)
  const version = /Version:\s+(\S+)/.exec(server)?.[1] ?? 'of unknown version'
  const go = /Go version:\s+(\S+)/.exec(server)?.[1] ?? 'unknown Go'
  return { command, name: `Docker ${version} (${go})` }
}

/**
 * Builds a case with an engine.
 * @param context is given what the engine needs beside it
 * @param layouts where the layouts of the case's images lie, a folder each
 * @returns what the engine said where it refused
 */
export async function buildWithEngine(
  engine: Engine,
  one: ConformanceCase,
  context: string,
  layouts: string,
  out: string
): Promise<string | undefined> {
  // The engine's cache knows no times: it would give what another case's file of the same content made.
  const options = ['--no-cache']
  for (const image of one.images ?? []) {
    mkdirSync(join(context, '.images'), { recursive: true })
    cpSync(join(layouts, image), join(context, '.images', image), { recursive: true })
    options.push('--build-context', `stagex/${image}=oci-layout://.images/${image}:1`)
  }
  for (const name of Object.keys(one.contexts ?? {})) options.push('--build-context', `${name}=${name}`)
  for (const [key, value] of Object.entries(one.arguments ?? {})) {
    options.push('--build-arg', `${key}=${value}`)
  }
  if (one.target !== undefined) options.push('--target', one.target)
  const environment = {
    ANCHOR_IMAGE: one.name,
    ANCHOR_VERSION: '1',
    ANCHOR_PLATFORM: one.platform ?? 'linux/amd64'
  }
  const { status, stderr } = await call(engine.command, ['build', context, out, ...options], environment)
  return status === 0 ? undefined : lastError(stderr)
}

function call(
  [program = '', ...first]: readonly string[],
  args: readonly string[],
  environment: Readonly<Record<string, string>>
): ReturnType<typeof run> {
  const env = { ...(process.env as Record<string, string>), ...environment }
  return run(program, [...first, ...args], { env })
}

function lastError(log: string): string {
  const lines = log.split('\n').filter((line) => line.startsWith('ERROR'))
  // Names that the engine makes up anew each time.
  const names = /(?<=ref )\S+|\/\S*\/cachemounts\/buildkit\d+/g
  return (lines.at(-1) ?? log.slice(-1000)).replace(names, '…')
}
