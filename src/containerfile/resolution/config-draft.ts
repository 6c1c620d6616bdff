import { byUtf8 } from '../../base/order.js'
import type { StageConfig } from '../step.js'

type PlainMembers = Omit<StageConfig, 'env' | 'labels' | 'exposedPorts' | 'volumes' | 'onBuild'>

/** A config while instructions change it; lists are kept in forms that grow in constant time. */
export class ConfigDraft {
  /** The members that are replaced as a whole. */
  readonly plain: { -readonly [Key in keyof PlainMembers]: PlainMembers[Key] }
  readonly labels: Map<string, string>
  readonly exposedPorts: Set<string>
  readonly volumes: Set<string>
  onBuild: string[]
  readonly #env: string[]
  readonly #envIndex = new Map<string, number>()

  constructor(config: StageConfig) {
    const { env, labels, exposedPorts, volumes, onBuild, ...plain } = config
    this.plain = plain
    this.labels = new Map(Object.entries(labels ?? {}))
    this.exposedPorts = new Set(exposedPorts)
    this.volumes = new Set(volumes)
    this.onBuild = [...(onBuild ?? [])]
    this.#env = [...(env ?? [])]
    this.#env.forEach((entry, index) => {
      const [name] = splitEntry(entry)
      if (!this.#envIndex.has(name)) this.#envIndex.set(name, index)
    })
  }

  get env(): readonly string[] {
    return this.#env
  }

  hasVariable(name: string): boolean {
    return this.#envIndex.has(name)
  }

  /** A variable that is there already keeps its place. */
  setVariable(name: string, value: string): void {
    const index = this.#envIndex.get(name) ?? this.#env.length
    this.#envIndex.set(name, index)
    this.#env[index] = `${name}=${value}`
  }

  /** How many entries the lists have. */
  get entries(): number {
    const lists = [this.#env.length, this.labels.size, this.exposedPorts.size, this.volumes.size]
    return lists.reduce((sum, length) => sum + length, this.onBuild.length)
  }

  /** The config as it stands; empty members are left out. */
  finish(): StageConfig {
    return withoutEmpty({
      ...this.plain,
      env: this.#env,
      labels: Object.fromEntries(this.labels),
      exposedPorts: [...this.exposedPorts].sort(byUtf8),
      volumes: [...this.volumes].sort(byUtf8),
      onBuild: this.onBuild
    })
  }
}

function withoutEmpty(config: StageConfig): StageConfig {
  const kept = Object.entries(config).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(kept)
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === undefined || value === '' || value === false
}

/** `NAME=VALUE` split; an entry without `=` is a name with an empty value. */
export function splitEntry(entry: string): [string, string] {
  const equals = entry.indexOf('=')
  return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)]
}
