import * as z from 'zod'
import { byUtf8 } from '../base/order.js'
import type { Descriptor, Platform } from './descriptor.js'
import { type Digest, isDigest } from './digest.js'
import type { Healthcheck, HistoryEntry, ImageConfig, RuntimeConfig } from './image-config.js'
import type { ImageIndex } from './image-index.js'
import type { Manifest } from './manifest.js'
import { isIndexType, isManifestType, mediaTypes } from './media-type.js'

/** More of anything than an honest image has; whatever lists them is refused. */
const mostItems = 10_000

const digest = z.custom<Digest>(
  (value) => typeof value === 'string' && isDigest(value),
  'not a SHA-256 digest'
)
const count = z.number().int().nonnegative()

/** Go writes an absent member as null, or leaves it out. */
function optional<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
  return schema.nullish().transform((value) => value ?? undefined)
}

function list<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return optional(z.array(item).max(mostItems)).transform((items) => items ?? [])
}

const text = z.string()
const optionalText = optional(text)
const optionalTexts = optional(z.array(text).max(mostItems))
const optionalCount = optional(count)
const textMap = optional(z.record(z.string(), text))
/** Go's set of names: an object whose values say nothing. */
const nameSet = optional(
  z.record(z.string(), z.unknown()).transform((set) => Object.keys(set).sort(byUtf8))
)

const platform: z.ZodType<Platform> = z
  .object({
    architecture: text,
    os: text,
    variant: optionalText,
    'os.version': optionalText,
    'os.features': optionalTexts
  })
  .transform((members) => ({
    architecture: members.architecture,
    os: members.os,
    ...(members.variant ? { variant: members.variant } : {}),
    ...(members['os.version'] ? { osVersion: members['os.version'] } : {}),
    ...(members['os.features']?.length ? { osFeatures: members['os.features'] } : {})
  }))

const descriptor: z.ZodType<Descriptor> = z.object({
  mediaType: text,
  digest,
  size: count,
  annotations: textMap,
  platform: optional(platform)
})

const schemaVersion = z.literal(2)

export const manifestSchema: z.ZodType<Manifest> = z.object({
  schemaVersion,
  mediaType: text.refine(isManifestType, 'not the type of a manifest').default(mediaTypes.manifest),
  config: descriptor,
  layers: list(descriptor),
  annotations: textMap
})

export const indexSchema: z.ZodType<ImageIndex> = z.object({
  schemaVersion,
  mediaType: text.refine(isIndexType, 'not the type of an index').default(mediaTypes.index),
  manifests: list(descriptor),
  annotations: textMap
})

const healthcheck: z.ZodType<Healthcheck> = z
  .object({
    Test: optionalTexts,
    Interval: optionalCount,
    Timeout: optionalCount,
    StartPeriod: optionalCount,
    StartInterval: optionalCount,
    Retries: optionalCount
  })
  .transform((members) => ({
    test: members.Test,
    interval: members.Interval,
    timeout: members.Timeout,
    startPeriod: members.StartPeriod,
    startInterval: members.StartInterval,
    retries: members.Retries
  }))

const runtimeConfig: z.ZodType<RuntimeConfig> = z
  .object({
    User: optionalText,
    ExposedPorts: nameSet,
    Env: optionalTexts,
    Entrypoint: optionalTexts,
    Cmd: optionalTexts,
    Volumes: nameSet,
    WorkingDir: optionalText,
    Labels: textMap,
    StopSignal: optionalText,
    ArgsEscaped: optional(z.boolean()),
    Healthcheck: optional(healthcheck),
    OnBuild: optionalTexts,
    Shell: optionalTexts
  })
  .transform((members) => ({
    user: members.User,
    exposedPorts: members.ExposedPorts,
    env: members.Env,
    entrypoint: members.Entrypoint,
    cmd: members.Cmd,
    volumes: members.Volumes,
    workingDir: members.WorkingDir,
    labels: members.Labels,
    stopSignal: members.StopSignal,
    argsEscaped: members.ArgsEscaped,
    healthcheck: members.Healthcheck,
    onBuild: members.OnBuild,
    shell: members.Shell
  }))

const historyEntry: z.ZodType<HistoryEntry> = z
  .object({
    created: optionalText,
    created_by: optionalText,
    author: optionalText,
    comment: optionalText,
    empty_layer: optional(z.boolean())
  })
  .transform(({ created_by: createdBy, empty_layer: emptyLayer, ...named }) => {
    return { ...named, createdBy, emptyLayer }
  })

const rootfs = z.object({ type: z.literal('layers'), diff_ids: list(digest) })

export const configSchema: z.ZodType<ImageConfig> = z
  .intersection(
    platform,
    z.object({
      author: optionalText,
      config: optional(runtimeConfig),
      created: optionalText,
      history: list(historyEntry),
      rootfs
    })
  )
  .transform(({ author, config, created, history, rootfs: { diff_ids }, ...machine }) => {
    return { platform: machine, author, config: config ?? {}, created, history, diffIds: diff_ids }
  })

export const layoutMarkerSchema = z.object({ imageLayoutVersion: text })
