import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Go compilers whose gzip is the canonical one, in the order in which they are looked for. */
const candidates = [process.env['STAGEX_GO'] ?? '', '/usr/lib/go-1.19/bin/go', '/usr/bin/go']

/** A Go compiler of a version up to 1.26 (later ones compress differently); undefined if there is none. */
export function findGo(): string | undefined {
  return candidates.filter((go) => existsSync(go)).find((go) => minorVersion(go) <= 26)
}

function minorVersion(go: string): number {
  const version = execFileSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' })
  return Number(/^go1\.(\d+)/.exec(version)?.[1] ?? Infinity)
}

/** Go's gzip in a process of its own, one stream after another. */
export class GoGzip {
  readonly #process: ChildProcess
  readonly #answers: AsyncIterator<string>

  /** Compiles the program beside this file into `directory` and starts it. */
  constructor(go: string, directory: string) {
    const program = join(directory, 'gzip-oracle')
    const source = join(import.meta.dirname, 'gzip-oracle/main.go')
    const env = { ...process.env, GO111MODULE: 'off', GOCACHE: join(directory, 'cache') }
    execFileSync(go, ['build', '-o', program, source], { env })
    this.#process = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
    if (!this.#process.stdout) throw new Error('no standard output')
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  /** Digest and size of what becomes of these writes. */
  async compress(
    writes: Iterable<Uint8Array>
  ): Promise<{ digest: string; compressedSize: number }> {
    for (const piece of writes) await this.#send(Buffer.concat([lengthFrame(piece.length), piece]))
    await this.#send(lengthFrame(0xffffffff))
    const answer = await this.#answers.next()
    if (answer.done === true) throw new Error('the program has ended')
    const [digest = '', size = ''] = answer.value.split(' ')
    return { digest, compressedSize: Number(size) }
  }

  close(): void {
    this.#process.stdin?.end()
  }

  async #send(bytes: Uint8Array): Promise<void> {
    const { stdin } = this.#process
    if (stdin && !stdin.write(bytes)) await once(stdin, 'drain')
  }
}

function lengthFrame(length: number): Uint8Array {
  const frame = Buffer.alloc(4)
  frame.writeUInt32LE(length)
  return frame
}
