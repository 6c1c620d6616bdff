import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, type Server, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Things of the machine for a sandboxed program to reach: all of them may be, by whoever is not held. */
export class Bait {
  /** A folder with a file `secret`, which is left as it is. */
  readonly folder = mkdtempSync(join(tmpdir(), 'stagex-bait-'))
  readonly #text = randomBytes(16).toString('hex')
  readonly #process: ChildProcess = spawn('sleep', ['600'])
  readonly #servers: Server[] = []
  readonly #memory = sharedMemory()

  /** Sets everything out. */
  static async lay(): Promise<Bait> {
    const bait = new Bait()
    writeFileSync(join(bait.folder, 'secret'), bait.#text)
    await bait.#listen({ host: '0.0.0.0', port: 0 })
    await bait.#listen({ path: `\0stagex-${bait.#text}` })
    await bait.#listen({ path: join(bait.folder, 'socket') })
    return bait
  }

  /**
   * Where everything is, as the probe takes it.
   * @param store the folder that no list of mounts shall name
   */
  environment(store: string): Record<string, string> {
    const { port } = this.#servers[0]?.address() as AddressInfo
    return {
      BAIT_FILE: join(this.folder, 'secret'),
      BAIT_TEXT: this.#text,
      BAIT_PROCESS: String(this.#process.pid),
      BAIT_MEMORY: this.#memory.key,
      BAIT_PORT: String(port),
      BAIT_ADDRESS: ownAddress(),
      BAIT_ABSTRACT: `stagex-${this.#text}`,
      BAIT_SOCKET: join(this.folder, 'socket'),
      BAIT_STORE: store
    }
  }

  /** Whether nothing was added, changed or taken away. */
  isUntouched(): boolean {
    const secret = join(this.folder, 'secret')
    const names = readdirSync(this.folder).sort().join(' ')
    return names === 'secret socket' && readFileSync(secret, 'utf8') === this.#text
  }

  /** Whether bytes hold what only the bait holds. */
  isIn(bytes: Uint8Array): boolean {
    return Buffer.from(bytes).includes(this.#text)
  }

  close(): void {
    this.#process.kill()
    for (const server of this.#servers) server.close()
    execFileSync('ipcrm', ['-m', this.#memory.id])
  }

  async #listen(options: { path: string } | { host: string; port: number }): Promise<void> {
    const server = createServer((socket) => socket.destroy())
    server.listen(options)
    await once(server, 'listening')
    this.#servers.push(server)
  }
}

/** An address that is this machine's, beside the loopback one where there is one. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const other = all.find(({ family, internal }) => family === 'IPv4' && !internal)
  return other?.address ?? '127.0.0.1'
}

/** Makes a piece of shared memory; programs find it by its key (proc_sysvipc(5)). */
function sharedMemory(): { readonly id: string; readonly key: string } {
  const made = execFileSync('ipcmk', ['--shmem', '64', '--mode', '0666'], { encoding: 'utf8' })
  const [id = ''] = /\d+/.exec(made) ?? []
  const rows = readFileSync('/proc/sysvipc/shm', 'utf8').split('\n')
  const row = rows.map((line) => line.trim().split(/\s+/)).find((words) => words[1] === id)
  return { id, key: row?.[0] ?? '' }
}
