import type { BuildOptions } from '../build-options.js'
import { expandAt } from '../expansion/expand-word.js'
import type { Containerfile } from '../instruction.js'
import { formatPlatform } from '../platform.js'
import type { Platform } from '../step.js'

/**
 * The variables that FROM sees, and that a bare `ARG NAME` in a stage takes its value from: the predefined
 * ones, then the ARGs before the first FROM. A build argument beats a default.
 */
export function globalArgs(file: Containerfile, options: BuildOptions): Map<string, string> {
  const values = predefinedArgs(file, options)
  const lookup = (name: string): string | undefined => values.get(name)
  for (const { declarations } of file.globalArgs) {
    for (const { name, value } of declarations) {
      const given = options.buildArgs.get(name.text)
      if (given !== undefined) values.set(name.text, given)
      else if (value !== undefined) {
        values.set(name.text, expandAt(value, lookup, file.escape, name.position).text)
      }
    }
  }
  return values
}

function predefinedArgs(file: Containerfile, options: BuildOptions): Map<string, string> {
  const values = new Map([
    ...platformArgs('BUILD', options.buildPlatform),
    ...platformArgs('TARGET', options.targetPlatform),
    ['TARGETSTAGE', targetStage(file, options)]
  ])
  for (const name of values.keys())
    values.set(name, options.buildArgs.get(name) ?? values.get(name) ?? '')
  return values
}

function platformArgs(prefix: string, platform: Platform): [string, string][] {
  return [
    [`${prefix}PLATFORM`, formatPlatform(platform)],
    [`${prefix}OS`, platform.os],
    [`${prefix}OSVERSION`, ''],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant ?? '']
  ]
}

function targetStage(file: Containerfile, options: BuildOptions): string {
  const name = options.target ?? ''
  const stage = name === '' ? (file.stages.at(-1)?.name ?? '') : name
  return stage === '' ? 'default' : stage
}
