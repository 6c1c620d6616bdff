import type { Output } from '../output.js'
import { readableSize } from '../readable.js'
import { StatusLine } from './status-line.js'

/** Shows images as they are transferred: a line for each and, on a terminal, how far all of it is. */
export class TransferProgress {
  readonly #line: StatusLine
  #done = 0
  #bytes = 0

  /** @param total how many images there are */
  constructor(output: Output, total: number) {
    this.#line = new StatusLine(output, () => {
      return `${this.#done} of ${total} images · ${readableSize(Math.max(0, this.#bytes))}`
    })
  }

  /** Tells of bytes that were transferred; negative where some must go again. */
  readonly bytes = (count: number): void => {
    this.#bytes += count
  }

  /** Tells of an image that is done. */
  image(text: string): void {
    this.#done += 1
    this.#line.say(text)
  }

  end(): void {
    this.#line.end()
  }
}
