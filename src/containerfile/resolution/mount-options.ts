import { ContainerfileError } from '../containerfile-error.js'
import type { MountFlag } from '../instruction.js'
import { didYouMean } from '../suggestion.js'
import type { CacheMount } from '../step.js'
import { parseByteSize } from './byte-size.js'
import type { StageDraft } from './stage-draft.js'

const SAME_KEYS: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
  rw: 'readwrite'
}

/** These may stand without a value. */
const SWITCHES = new Set(['readonly', 'readwrite', 'required'])

const SHARING = ['shared', 'private', 'locked'] as const

/** The options of one `--mount`, expanded. A later value of a key replaces an earlier one. */
export class MountOptions {
  readonly #flag: MountFlag
  readonly #values = new Map<string, string>()

  constructor(draft: StageDraft, flag: MountFlag) {
    this.#flag = flag
    for (const { key: written, value } of flag.fields) {
      const key = Object.hasOwn(SAME_KEYS, written) ? (SAME_KEYS[written] ?? written) : written
      if (value === undefined && !SWITCHES.has(key)) {
        throw this.error(`${written} lacks its value`, `${written}=…`)
      }
      const text = value === undefined ? 'true' : draft.expandText(value, flag.position)
      if (key === 'readwrite')
        this.#values.set('readonly', this.#boolean(key, text) ? 'false' : 'true')
      else this.#values.set(key, text)
    }
  }

  /** Refuses keys that a mount of this type does not take. */
  allow(type: string, keys: readonly string[]): void {
    for (const key of this.#values.keys()) {
      if (key === 'type' || keys.includes(key)) continue
      throw this.error(
        `a ${type} mount has no option ${key}`,
        keys.join(', '),
        didYouMean(key, keys)
      )
    }
  }

  text(key: string): string | undefined {
    return this.#values.get(key)
  }

  flag(key: string): boolean {
    const value = this.text(key)
    return value === undefined ? false : this.#boolean(key, value)
  }

  readOnly(otherwise: boolean): boolean {
    return this.text('readonly') === undefined ? otherwise : this.flag('readonly')
  }

  sharing(): CacheMount['sharing'] {
    const written = this.text('sharing')?.toLowerCase() ?? 'shared'
    const known = SHARING.find((each) => each === written)
    if (known !== undefined) return known
    throw this.error(
      `there is no sharing ${written}`,
      SHARING.join(', '),
      didYouMean(written, SHARING)
    )
  }

  owner(): { mode: number | undefined; uid: number | undefined; gid: number | undefined } {
    return {
      mode: this.#number('mode', 8),
      uid: this.#number('uid', 10),
      gid: this.#number('gid', 10)
    }
  }

  /** In bytes. */
  size(): number | undefined {
    const written = this.text('size')
    if (written === undefined) return undefined
    const size = parseByteSize(written)
    if (size === undefined) throw this.error(`${written} is no size`, 'a number of bytes, as 64m')
    return size
  }

  error(message: string, expected: string, hint?: string): ContainerfileError {
    return new ContainerfileError('containerfile/bad-mount', this.#flag.position, message, {
      expected,
      hint
    })
  }

  #number(key: string, radix: 8 | 10): number | undefined {
    const written = this.text(key)
    if (written === undefined) return undefined
    const form = radix === 8 ? /^[0-7]{1,11}$/ : /^\d{1,10}$/
    const number = form.test(written) ? parseInt(written, radix) : Infinity
    if (number < 2 ** 32) return number
    throw this.error(`${written} is no ${key}`, radix === 8 ? 'an octal number' : 'a number')
  }

  #boolean(key: string, written: string): boolean {
    if (/^(?:1|t|T|true|TRUE|True)$/.test(written)) return true
    if (/^(?:0|f|F|false|FALSE|False)$/.test(written)) return false
    throw this.error(`${key} is on or off, not ${written}`, 'true or false')
  }
}
