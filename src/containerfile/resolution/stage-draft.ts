import type { BuildPlan, StagePlan } from '../build-plan.js'
import { expandAt } from '../expansion/expand-word.js'
import type { Lookup } from '../expansion/lexer.js'
import type { Word } from '../instruction.js'
import type { Position } from '../position.js'
import type { HistoryEntry, StageState, Step } from '../step.js'
import { nextWorkingDirectory } from '../unix-path.js'
import { ConfigDraft, splitEntry } from './config-draft.js'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Arguments of BuildKit's scanner: declared like others, but in no environment. */
const OUTSIDE_ENVIRONMENT = new Set(['BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE'])

/** What an inherited entry of a list counts in the budget, in characters. */
const ENTRY_COST = 16

/** A stage while its instructions are resolved. */
export class StageDraft {
  readonly plan: BuildPlan
  readonly stage: StagePlan
  readonly config: ConfigDraft
  author: string | undefined
  readonly steps: Step[] = []
  readonly history: HistoryEntry[] = []
  /** ARGs in scope; one that is declared again keeps its place. */
  readonly args: Map<string, string>
  /** Whether this stage has had a CMD: an ENTRYPOINT then leaves it alone. */
  hasCmd = false
  readonly #environment: Map<string, string>
  #entries: readonly string[] | undefined

  constructor(plan: BuildPlan, stage: StagePlan, base: StageState) {
    this.plan = plan
    this.stage = stage
    plan.budget.restart(stage.stage.index)
    this.config = new ConfigDraft(base.config)
    this.author = base.author
    this.args = new Map(base.args)
    this.#environment = new Map(base.environment)
    const inherited = this.config.entries + this.args.size + this.#environment.size
    this.spend(ENTRY_COST * inherited, stage.stage.from.position)
    const { plain } = this.config
    // The base's directory goes through WORKDIR's rules, which makes a relative one absolute.
    const directory = plain.workingDir ?? ''
    if (directory !== '') plain.workingDir = nextWorkingDirectory(directory, directory)
    if (!this.config.hasVariable('PATH')) this.config.setVariable('PATH', DEFAULT_PATH)
    // What the image's config says beats ARGs of the same name in the base stage.
    for (const entry of this.config.env) this.setVariable(...splitEntry(entry))
  }

  readonly lookup: Lookup = (name) => this.#environment.get(name)

  /** Sets a variable of the build environment; it moves to the end, as in BuildKit. */
  setVariable(name: string, value: string): void {
    if (OUTSIDE_ENVIRONMENT.has(name)) return
    this.#environment.delete(name)
    this.#environment.set(name, value)
    this.#entries = undefined
  }

  /** Expands a word against the environment. */
  expand(word: Word): string {
    return this.expandText(word.text, word.position)
  }

  expandText(text: string, position: Position): string {
    const expanded = expandAt(text, this.lookup, this.plan.file.escape, position)
    this.spend(expanded.cost, position)
    return expanded.text
  }

  /** Expands to any number of words. */
  expandToWords(word: Word): readonly string[] {
    const { escape } = this.plan.file
    const options = { split: true }
    const expanded = expandAt(word.text, this.lookup, escape, word.position, options)
    this.spend(expanded.cost, word.position)
    return expanded.words
  }

  /** The build environment as `NAME=VALUE`, in order. */
  environmentEntries(position: Position): readonly string[] {
    if (this.#entries !== undefined) return this.#entries
    const entries = Array.from(this.#environment, ([name, value]) => `${name}=${value}`)
    const characters = entries.reduce((sum, entry) => sum + entry.length, 0)
    this.spend(characters + ENTRY_COST * entries.length, position)
    this.#entries = entries
    return entries
  }

  /** Records an instruction that makes no layer. */
  record(createdBy: string, position: Position): void {
    this.spend(createdBy.length, position)
    this.history.push({ createdBy, emptyLayer: true })
  }

  /** Records an instruction that makes a layer. */
  addStep(step: Step): void {
    this.spend(step.createdBy.length, step.position)
    this.steps.push(step)
    this.history.push({ createdBy: step.createdBy, emptyLayer: false })
  }

  spend(characters: number, position: Position): void {
    this.plan.budget.spend(this.stage.stage.index, characters, position)
  }

  /** How the stage ends. */
  state(): StageState {
    return {
      config: this.config.finish(),
      ...(this.author === undefined || this.author === '' ? {} : { author: this.author }),
      platform: this.stage.platform,
      environment: this.#environment,
      args: this.args
    }
  }
}
