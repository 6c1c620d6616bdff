import { digitValue } from './digit.js'
import { outcomeOf, Stop, type Outcome } from './outcome.js'

const base = 0x08048000

/** How a reference is stored: its bytes, the least and the greatest value, whether it is a distance. */
const kinds = {
  '!': { size: 1, least: -0x80, greatest: 0x7f, relative: true },
  '@': { size: 2, least: -0x8000, greatest: 0x7fff, relative: true },
  '%': { size: 4, least: -0x80000000, greatest: 0x7fffffff, relative: true },
  $: { size: 2, least: 0, greatest: 0xffff, relative: false },
  '&': { size: 4, least: -0x80000000, greatest: 0x7fffffff, relative: false }
} as const

type Sign = keyof typeof kinds

/** What hex2 does, with the line that it says on the standard error where it fails. */
export function hex2(input: Uint8Array): Outcome {
  return outcomeOf(() => {
    const labels = new Map<string, number>()
    new Pass(input, labels, false).run()
    return new Pass(input, labels, true).run()
  })
}

class Pass {
  private readonly text: string
  private readonly labels: Map<string, number>
  private readonly final: boolean
  private readonly output: number[] = []
  private at = 0
  private half: number | undefined

  constructor(input: Uint8Array, labels: Map<string, number>, final: boolean) {
    this.labels = labels
    this.final = final
    this.text = Buffer.from(input).toString('latin1')
  }

  run(): Uint8Array {
    while (this.at < this.text.length) this.item()
    if (this.half !== undefined) this.stop('half a byte')
    return Uint8Array.from(this.output)
  }

  private item(): void {
    const character = this.text.charAt(this.at++)
    if (character <= ' ') return
    if (character === '#' || character === ';') this.skipLine()
    else if (character === ':') this.label(this.name())
    else if (character in kinds) this.reference(character as Sign)
    else this.digit(character)
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end === -1 ? this.text.length : end + 1
  }

  private digit(character: string): void {
    const value = digitValue(character.charCodeAt(0))
    if (value === undefined) return this.stop('neither a digit nor a label nor a reference')
    if (this.half !== undefined) this.output.push(this.half * 16 + value)
    this.half = this.half === undefined ? value : undefined
  }

  private name(): string {
    if (this.half !== undefined) this.stop('half a byte')
    const name = /^[^\u0000-\u0020>]*/.exec(this.text.slice(this.at))?.[0] ?? ''
    if (name === '') this.stop('a name is missing')
    this.at += name.length
    return name
  }

  private label(name: string): void {
    if (this.final) return
    if (this.labels.has(name)) this.stop(`placed twice: ${name}`)
    this.labels.set(name, this.output.length)
  }

  private reference(sign: Sign): void {
    const kind = kinds[sign]
    let name = this.name()
    const target = this.place(name)
    let from = kind.relative ? this.output.length + kind.size : -base
    if (this.text[this.at] === '>') {
      this.at++
      name = this.name()
      from = this.place(name)
    }
    const value = target - from
    const fits = value >= kind.least && value <= kind.greatest
    if (this.final && !fits) this.stop(`out of reach: ${name}`)
    for (let i = 0; i < kind.size; i++) this.output.push((value >> (8 * i)) & 0xff)
  }

  private place(name: string): number {
    const place = this.labels.get(name)
    if (place === undefined && this.final) this.stop(`not placed anywhere: ${name}`)
    return place ?? 0
  }

  private stop(why: string): never {
    const line = this.text.slice(0, this.at).split('\n').length
    throw new Stop(`hex2: line ${line}: ${why}\n`)
  }
}
