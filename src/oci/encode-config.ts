import type { Healthcheck, HistoryEntry, ImageConfig, RuntimeConfig } from './image-config.js'
import { encodeCompact, JsonMembers, type JsonValue } from './json/encode.js'

/** The config blob's text: compact JSON as BuildKit writes it (docs/format.md, "Config"). */
export function encodeImageConfig(image: ImageConfig): string {
  const { platform } = image
  return encodeCompact(
    new JsonMembers([
      ['architecture', platform.architecture],
      ['author', unlessEmpty(image.author)],
      ['config', runtimeConfig(image.config)],
      ['created', image.created],
      ['history', image.history.map(historyEntry)],
      ['os', platform.os],
      ['os.features', unlessEmptyList(platform.osFeatures)],
      ['os.version', unlessEmpty(platform.osVersion)],
      ['rootfs', rootfs(image)],
      ['variant', unlessEmpty(platform.variant)]
    ])
  )
}

function rootfs({ diffIds }: ImageConfig): JsonValue {
  return new JsonMembers([
    ['type', 'layers'],
    ['diff_ids', diffIds.length === 0 ? null : diffIds]
  ])
}

function runtimeConfig(config: RuntimeConfig): JsonValue {
  return new JsonMembers([
    ['User', unlessEmpty(config.user)],
    ['ExposedPorts', nameSet(config.exposedPorts)],
    ['Env', unlessEmptyList(config.env)],
    ['Entrypoint', unlessEmptyList(config.entrypoint)],
    ['Cmd', unlessEmptyList(config.cmd)],
    ['Volumes', nameSet(config.volumes)],
    ['WorkingDir', unlessEmpty(config.workingDir)],
    ['Labels', labels(config.labels)],
    ['StopSignal', unlessEmpty(config.stopSignal)],
    ['ArgsEscaped', config.argsEscaped === true ? true : undefined],
    ['Healthcheck', config.healthcheck && healthcheck(config.healthcheck)],
    ['OnBuild', unlessEmptyList(config.onBuild)],
    ['Shell', unlessEmptyList(config.shell)]
  ])
}

function healthcheck(check: Healthcheck): JsonValue {
  return new JsonMembers([
    ['Test', unlessEmptyList(check.test)],
    ['Interval', unlessZero(check.interval)],
    ['Timeout', unlessZero(check.timeout)],
    ['StartPeriod', unlessZero(check.startPeriod)],
    ['StartInterval', unlessZero(check.startInterval)],
    ['Retries', unlessZero(check.retries)]
  ])
}

function historyEntry(entry: HistoryEntry): JsonValue {
  return new JsonMembers([
    ['created', entry.created],
    ['created_by', unlessEmpty(entry.createdBy)],
    ['author', unlessEmpty(entry.author)],
    ['comment', unlessEmpty(entry.comment)],
    ['empty_layer', entry.emptyLayer === true ? true : undefined]
  ])
}

/** Go's set of names: an object with an empty object for each. */
function nameSet(names: readonly string[] | undefined): JsonValue | undefined {
  if (names === undefined || names.length === 0) return undefined
  return JsonMembers.sorted(Object.fromEntries(names.map((name) => [name, new JsonMembers([])])))
}

function labels(all: Readonly<Record<string, string>> | undefined): JsonValue | undefined {
  return all === undefined || Object.keys(all).length === 0 ? undefined : JsonMembers.sorted(all)
}

function unlessEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

function unlessEmptyList(list: readonly string[] | undefined): readonly string[] | undefined {
  return list?.length === 0 ? undefined : list
}

function unlessZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value
}
