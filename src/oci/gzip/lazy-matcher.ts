/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is in range by construction */
import { shortestEncodable } from './symbols.js'
import { blockTokens, literalToken, matchToken, type BlockWriter } from './block-writer.js'

const shortestMatch = 4
const longestMatch = 258
/** How far back a match may begin; also what one shift of the window moves. */
const reach = 32768
const windowSize = 2 * reach
const reachMask = reach - 1
/** Stands for every distance beyond the reach. */
const outOfReach = 65535
/** With less than this ahead, matching waits for more input: what follows could change the choice. */
const comfortable = shortestMatch + longestMatch
/** A match this long at the last position is taken without looking for a better one here. */
const goodEnough = 16
const lazyExcess = goodEnough - shortestEncodable
/** A match this long ends the search. */
const nice = 128
const mostTries = 128
/** A match of the shortest length is worth its bits only this near. */
const shortestMatchReach = 4096
const hashBits = 17
/** Positions in the table are rebased before they get larger than this. */
const largestBase = 1 << 24

/**
 * Turns a stream into literals and matches: the string matcher of DEFLATE with hash chains and lazy
 * evaluation, in exactly the choices of the canonical format (docs/format.md). How the stream is cut into
 * writes is part of the input: a write that ends off a multiple of 512 may move the window earlier.
 */
export class LazyMatcher {
  readonly #blocks: BlockWriter
  /** The window, with a few bytes more that reads near its end may touch. */
  readonly #window = new Uint8Array(windowSize + 8)
  readonly #view = new DataView(this.#window.buffer)
  /** For each hash the last position that had it, plus `base`; 0 for none. */
  readonly #head = new Int32Array(1 << hashBits)
  /** For each position, modulo the reach, how far back the one before it in its chain is. */
  readonly #back = new Uint16Array(reach)
  readonly #tokens = new Int32Array(blockTokens)
  #tokenCount = 0
  #base = 1
  #index = 0
  #end = 0
  /** Where the current block's bytes begin; beyond the window once they have left it. */
  #blockStart = 0
  /** The match found at the position before this one, as a token; 0 for none. */
  #match = 0
  /** Whether the byte before this position is in no token yet. */
  #pending = false
  /** The head of the chain that was looked up last, plus `base`. */
  #chainHead = 0

  constructor(blocks: BlockWriter) {
    this.#blocks = blocks
  }

  write(bytes: Uint8Array): void {
    for (let taken = 0; taken < bytes.length;) {
      this.#advance(false)
      taken += this.#fill(bytes, taken)
    }
  }

  close(): void {
    this.#advance(true)
    if (this.#pending) this.#append(literalToken(this.#window[this.#index - 1]!), this.#index)
    this.#pending = false
    if (this.#tokenCount > 0) this.#endBlock(this.#index)
  }

  /** Appends what fits of `bytes` from `start` on to the window; returns how much that is. */
  #fill(bytes: Uint8Array, start: number): number {
    if (this.#index >= windowSize - comfortable) this.#shift()
    const count = Math.min(bytes.length - start, windowSize - this.#end)
    this.#window.set(bytes.subarray(start, start + count), this.#end)
    this.#end += count
    return count
  }

  #shift(): void {
    this.#window.copyWithin(0, reach, windowSize)
    this.#index -= reach
    this.#end -= reach
    this.#blockStart = this.#blockStart >= reach ? this.#blockStart - reach : Infinity
    this.#base += reach
    if (this.#base > largestBase) this.#rebase()
  }

  #rebase(): void {
    const head = this.#head
    const excess = this.#base - 1
    this.#base = 1
    this.#chainHead -= excess
    for (let i = 0; i < head.length; i++) head[i] = Math.max(head[i]! - excess, 0)
  }

  /** Goes on to the end of the window when `closing`, else while there is enough ahead. */
  #advance(closing: boolean): void {
    const stop = closing ? this.#end : this.#end - comfortable + 1
    const lastInsert = this.#end - shortestMatch + 1
    let index = this.#index
    while (index < stop) {
      if (index < lastInsert) this.#chainHead = this.#insert(index) + this.#base
      const earlier = this.#match
      const earlierExcess = earlier >> 16
      const match = this.#isWorthSearch(index, earlierExcess) ? this.#longestMatch(index) : 0
      if (earlierExcess > 0 && match >> 16 <= earlierExcess) {
        const next = index + earlierExcess + shortestEncodable - 1
        this.#insertRange(index + 1, Math.min(next, lastInsert))
        index = next
        this.#match = 0
        this.#pending = false
        this.#append(earlier, index)
      } else {
        if (this.#pending) this.#append(literalToken(this.#window[index - 1]!), index)
        index++
        this.#match = match
        this.#pending = true
      }
    }
    this.#index = index
  }

  #isWorthSearch(index: number, earlierExcess: number): boolean {
    return earlierExcess < lazyExcess && this.#end - index > earlierExcess + shortestEncodable
  }

  /** Makes `index` the head of its chain; returns the head before, negative when it has left the window. */
  #insert(index: number): number {
    const slot = hash(this.#view.getUint32(index))
    const last = this.#head[slot]! - this.#base
    this.#head[slot] = index + this.#base
    const distance = index - last
    this.#back[index & reachMask] = distance > reach ? outOfReach : distance
    return last
  }

  #insertRange(from: number, to: number): void {
    const view = this.#view
    const head = this.#head
    const back = this.#back
    const base = this.#base
    for (let index = from; index < to; index++) {
      const slot = hash(view.getUint32(index))
      const distance = index + base - head[slot]!
      head[slot] = index + base
      back[index & reachMask] = distance > reach ? outOfReach : distance
    }
  }

  /** The longest match for `index` along its chain, as a token, or 0 when there is none worth taking. */
  #longestMatch(index: number): number {
    const view = this.#view
    const back = this.#back
    const farthest = index > reach ? index - reach : 0
    const ahead = this.#end - index
    const limit = ahead < longestMatch ? ahead : longestMatch
    const enough = ahead < nice ? ahead : nice
    let best = shortestMatch - 1
    let token = 0
    // The last four bytes that a better match has to have: most candidates fail here.
    let needed = view.getInt32(index, true)
    let candidate = this.#chainHead - this.#base
    for (let tries = mostTries; tries > 0 && candidate >= farthest; tries--) {
      if (view.getInt32(candidate + best - 3, true) === needed) {
        const length = commonLength(view, candidate, index, limit)
        if (length > best) {
          // Too far for its length, and so are all that follow: from here on it takes one more.
          best = length
          if (length > shortestMatch || index - candidate <= shortestMatchReach) {
            token = matchToken(length, index - candidate)
            if (length >= enough) break
          }
          needed = view.getInt32(index + best - 3, true)
        }
      }
      candidate -= back[candidate & reachMask]!
    }
    return token
  }

  /** Appends a token; `end` is where the bytes that all tokens stand for end. */
  #append(token: number, end: number): void {
    this.#tokens[this.#tokenCount++] = token
    if (this.#tokenCount === blockTokens) this.#endBlock(end)
  }

  #endBlock(end: number): void {
    const start = this.#blockStart
    const raw = start <= end ? this.#window.subarray(start, end) : undefined
    this.#blocks.write(this.#tokens.subarray(0, this.#tokenCount), raw)
    this.#blockStart = end
    this.#tokenCount = 0
  }
}

/** A multiplicative hash of four bytes. */
function hash(fourBytes: number): number {
  return Math.imul(fourBytes, 0x1e35a7bd) >>> (32 - hashBits)
}

/** How many bytes, at most `limit`, are the same from `a` and from `b` on. */
function commonLength(view: DataView, a: number, b: number, limit: number): number {
  let length = 0
  for (; length + 4 <= limit; length += 4) {
    const difference = view.getInt32(a + length) ^ view.getInt32(b + length)
    if (difference !== 0) return length + (Math.clz32(difference) >> 3)
  }
  while (length < limit && view.getUint8(a + length) === view.getUint8(b + length)) length++
  return length
}
