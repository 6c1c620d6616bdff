import { ContainerfileError } from '../containerfile-error.js'
import { didYouMean } from '../suggestion.js'
import { contextKey, formatImageName, parseImageName } from '../image-reference.js'
import type { Word } from '../instruction.js'
import { formatPlatform } from '../platform.js'
import type { ImageSource, Platform } from '../step.js'

/** Tells what a name stands for: a stage, a named context, an image, or nothing at all. */
export class SourceNames {
  readonly #stages = new Map<string, number>()
  readonly #contexts: ReadonlyMap<string, string>
  #count = 0

  constructor(namedContexts: Iterable<string>) {
    this.#contexts = new Map(Array.from(namedContexts, (name) => [normalized(name), name]))
  }

  /** Makes the next stage known. A later stage with the same name hides the earlier one. */
  addStage(name: string | undefined): void {
    if (name !== undefined) this.#stages.set(name, this.#count)
    this.#count++
  }

  /** The index of the stage with this name, whatever its case. */
  stage(name: string): number | undefined {
    return this.#stages.get(name.toLowerCase())
  }

  stageNames(): Iterable<string> {
    return this.#stages.keys()
  }

  /** The context that was given under this name for the platform, or for all platforms. */
  context(name: string, platform: Platform): string | undefined {
    const image = parseImageName(name)
    if (image === undefined) return undefined
    const key = contextKey(image)
    return this.#contexts.get(`${key}::${formatPlatform(platform)}`) ?? this.#contexts.get(key)
  }

  /** What FROM builds on: here a stage's name must be written in lower case. */
  base(word: Word, platform: Platform): ImageSource {
    const stage = this.#stages.get(word.text)
    if (stage !== undefined) return { kind: 'stage', index: stage }
    return word.text === 'scratch' ? { kind: 'scratch' } : this.#image(word, platform)
  }

  /** What `COPY --from` reads. It also knows stages by number. */
  copySource(word: Word, platform: Platform): ImageSource {
    if (!/^[+-]?\d+$/.test(word.text)) return this.mountSource(word, platform)
    const index = Number(word.text)
    if (index >= 0 && index < this.#count) return { kind: 'stage', index }
    throw new ContainerfileError(
      'containerfile/unknown-stage',
      word.position,
      `there is no stage ${word.text}`,
      { expected: `a name, or a number from 0 to ${this.#count - 1}`, found: word.text }
    )
  }

  /** What a mount reads. */
  mountSource(word: Word, platform: Platform): ImageSource {
    const stage = this.stage(word.text)
    if (stage !== undefined) return { kind: 'stage', index: stage }
    return word.text === 'scratch' ? { kind: 'scratch' } : this.#image(word, platform)
  }

  #image(word: Word, platform: Platform): ImageSource {
    const name = parseImageName(word.text)
    if (name === undefined) throw this.#badReference(word)
    // The main context cannot be replaced through its name.
    const context =
      word.text.toLowerCase() === 'context' ? undefined : this.context(word.text, platform)
    if (context !== undefined) return { kind: 'named-context', name: context }
    return { kind: 'image', reference: formatImageName(name), platform }
  }

  #badReference(word: Word): ContainerfileError {
    return new ContainerfileError(
      'containerfile/bad-reference',
      word.position,
      `${word.text} is neither a stage nor an image reference`,
      {
        expected: 'registry/repository:tag@digest, in lower case up to the tag',
        found: word.text,
        hint: didYouMean(word.text, this.stageNames(), 'the stage ')
      }
    )
  }
}

function normalized(name: string): string {
  const [reference = '', platform] = name.split('::')
  const image = parseImageName(reference)
  const key = image === undefined ? reference : contextKey(image)
  return platform === undefined ? key : `${key}::${platform}`
}
