import { type ImageReference, imageReference } from './image-reference.js'
import { type LogicalLine, PlainLines } from './logical-lines.js'
import { FETCH_CONTEXT, type StageReferences } from './stage-references.js'

/**
 * Reads which images and stages every stage of a Containerfile names, several times faster than the full
 * parser: loading a tree reads every Containerfile in it, most of them for their references alone. It
 * knows the plain subset of the language that nearly all files keep to, and gives up (undefined) at the
 * first sign of anything else; what it does give is what `planStages` gives, which a test shows.
 */
export function scanStages(text: string): StageReferences[] | undefined {
  if (NOT_PLAIN.test(text)) return undefined
  const lines = new PlainLines(text)
  const scan = new Scan()
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (!scan.take(line) || !skipHeredocs(line, lines)) return undefined
  }
  return scan.finish()
}

/** Other line ends and white space, a byte order mark, and anything that may be a directive. */
const NOT_PLAIN = /[\0\v\f\r\u0080-\uffff]|#[\t ]*(?:escape|syntax|check)[\t ]*=/i

const KEYWORD = /^[ \t]*([A-Za-z]+)(?:[ \t]|$)/

/** Instructions that name nothing outside their stage. ONBUILD may, in what comes of it later. */
const INERT =
  /^(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/

const FROM =
  /^[ \t]*FROM[ \t]+(?:--platform=[\w./$-]+[ \t]+)?([\w./:@-]+)(?:[ \t]+AS[ \t]+([\w.-]+))?[ \t]*$/i

const STAGE_NAME = /^[a-z][a-z0-9]*(?:(?:\.|_|__|-+)[a-z0-9]+)*$/

/** Flags without quotes or escapes, then something that is no flag. */
const COPY = /^[ \t]*COPY[ \t]+((?:--[a-z]+(?:=[^\s"'\\]*)?[ \t]+)*)(?!--)\S/i

interface OpenStage {
  readonly name?: string
  readonly base: number | undefined
  readonly images: Map<string, ImageReference>
  /** Names after `COPY --from=`: a stage's, if any stage has it, else an image's. */
  readonly copied: { readonly name: string; readonly line: number }[]
}

class Scan {
  readonly #stages: OpenStage[] = []
  readonly #byName = new Map<string, number>()

  /** Takes the next instruction; false for one that is not plain. */
  take(line: LogicalLine): boolean {
    const keyword = KEYWORD.exec(line.text)?.[1]?.toUpperCase() ?? ''
    if (keyword === 'FROM') return this.#from(line)
    const stage = this.#stages.at(-1)
    if (stage === undefined) return keyword === 'ARG'
    if (keyword === 'COPY') return copy(stage, line)
    if (keyword === 'RUN' || keyword === 'ADD') return !/--(?:mount|from)/.test(line.text)
    return INERT.test(keyword)
  }

  finish(): StageReferences[] | undefined {
    if (this.#stages.length === 0) return undefined
    const finished: StageReferences[] = []
    for (const [index, stage] of this.#stages.entries()) {
      const stages = new Set(stage.base === undefined ? [] : [stage.base])
      for (const { name, line } of stage.copied) {
        const other = this.#byName.get(name.toLowerCase())
        // A stage that reads itself or a later one is an error, which the full parser tells best.
        if (other !== undefined && other >= index) return undefined
        if (other !== undefined) stages.add(other)
        else if (!addImage(stage, name, line)) return undefined
      }
      const named = stage.name === undefined ? {} : { name: stage.name }
      finished.push({ ...named, stages: [...stages], images: [...stage.images.values()] })
    }
    return finished
  }

  #from(line: LogicalLine): boolean {
    const [, base, as] = FROM.exec(line.text) ?? []
    const name = as?.toLowerCase()
    if (base === undefined || (name !== undefined && !this.#isNewName(name))) return false
    const index = this.#byName.get(base)
    const named = name === undefined ? {} : { name }
    const stage = { ...named, base: index, images: new Map<string, ImageReference>(), copied: [] }
    if (name !== undefined) this.#byName.set(name, this.#stages.length)
    this.#stages.push(stage)
    return index !== undefined || base === 'scratch' || addImage(stage, base, line.line)
  }

  /** Two stages of one name, or one that a named context stands in for, are not plain. */
  #isNewName(name: string): boolean {
    return STAGE_NAME.test(name) && !this.#byName.has(name) && !SPECIAL.has(name)
  }
}

/** Names that mean something of their own in one place or another. */
const SPECIAL = new Set(['scratch', 'context', FETCH_CONTEXT])

function copy(stage: OpenStage, { text, line }: LogicalLine): boolean {
  const flags = COPY.exec(text)?.[1]
  if (flags === undefined) return false
  const [, name, others] = /--from=(\S*)(.*)$/i.exec(flags) ?? []
  if (name === undefined || others === undefined) return true
  if (others.includes('--from') || !/^[a-zA-Z][\w./:@-]*$/.test(name)) return false
  if (name !== FETCH_CONTEXT && SPECIAL.has(name.toLowerCase())) return false
  stage.copied.push({ name, line })
  return true
}

function addImage(stage: OpenStage, text: string, line: number): boolean {
  if (text === FETCH_CONTEXT) return true
  const reference = imageReference(text, line)
  if (reference === undefined) return false
  if (!stage.images.has(reference.text)) stage.images.set(reference.text, reference)
  return true
}

const HEREDOC = /(^|[ \t])<<(-?)(["']?)([A-Za-z_]\w*)\3(?=[ \t]|$)/g

/** Passes over the here-documents that a line announces; false where that is not plain to see. */
function skipHeredocs(line: LogicalLine, lines: PlainLines): boolean {
  if (!line.text.includes('<<') || !/^[ \t]*(?:RUN|COPY|ADD)[ \t]/i.test(line.text)) return true
  if (/<<|["'\\$`]/.test(line.text.replace(HEREDOC, '$1'))) return false
  const marks = Array.from(line.text.matchAll(HEREDOC))
  return marks.every(([, , dash, , name]) => lines.skipHeredoc(name ?? '', dash === '-'))
}
