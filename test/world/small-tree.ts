import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

/** How a run of stagex ended. */
export interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A run that goes on. */
interface Started {
  readonly pid: number
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Ended>
}

/** What `stagex build --json` says of one image. */
export interface BuiltRow {
  readonly image: string
  readonly outcome: string
  readonly digest?: string
  readonly error?: { readonly code: string; readonly where?: string; readonly found?: string }
  readonly because?: string
}

/** A tree of packages, a store and an out folder of one test's own. */
export class SmallTree {
  readonly root: string
  readonly home: string

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'stagex-tree-'))
    this.root = join(folder, 'tree')
    this.home = join(folder, 'home')
    mkdirSync(join(this.root, 'packages'), { recursive: true })
  }

  /** Adds a package `user-<name>` for linux/386, with the seed in its context as the one program there is. */
  add(name: string, containerfile: string, files: Readonly<Record<string, string>> = {}): void {
    const folder = join(this.root, 'packages', 'user', name)
    mkdirSync(folder, { recursive: true })
    const definition = `[package]\nname = "${name}"\nversion = "1.0.0"\nplatforms = ["linux/386"]\n`
    const all = { 'package.toml': definition, Containerfile: containerfile, ...files }
    for (const [file, content] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), content)
    }
    const seed = join(checkout, 'packages', 'bootstrap', 'stage0', 'hex0-seed')
    copyFileSync(seed, join(folder, 'hex0-seed'))
  }

  /** Runs stagex on the tree to its end. */
  run(...words: string[]): Promise<Ended> {
    return this.start(...words).ended
  }

  /** Runs stagex with variables of its own in the environment. */
  runWith(env: Readonly<Record<string, string>>, ...words: string[]): Promise<Ended> {
    return this.#startWith(env, words).ended
  }

  /** Starts stagex on the tree, in a process group of its own. */
  start(...words: string[]): Started {
    return this.#startWith({}, words)
  }

  #startWith(env: Readonly<Record<string, string>>, words: readonly string[]): Started {
    const child = spawn(
      join(checkout, 'stagex'),
      ['--home', this.home, '--root', this.root, ...words],
      { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...process.env, ...env } }
    )
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString('utf8')))
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString('utf8')))
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => {
        resolve({ status: status ?? -1, stdout, stderr })
      })
    })
    const kill = (signal: NodeJS.Signals): void => {
      child.kill(signal)
    }
    return { pid: child.pid ?? 0, kill, ended }
  }

  /** Builds, and returns what was reported of each image by name. */
  async build(...words: string[]): Promise<Map<string, BuiltRow>> {
    const { stdout, stderr } = await this.run('--json', 'build', ...words)
    if (stdout === '') throw new Error(`stagex build printed nothing: ${stderr}`)
    const report = JSON.parse(stdout) as { images?: BuiltRow[] }
    return new Map((report.images ?? []).map((row) => [row.image, row]))
  }

  /** The error that a command ended with. */
  async errorOf(
    ...words: string[]
  ): Promise<{ code: string; where?: string; found?: string; hint?: string }> {
    const { stdout } = await this.run('--json', ...words)
    return (JSON.parse(stdout) as { error: { code: string } }).error
  }
}

/** A Containerfile whose build takes several RUN steps: the seed turns its own source into itself. */
export const seedSteps = [
  'FROM scratch AS build',
  'WORKDIR /build',
  'COPY --chmod=0755 hex0-seed ./',
  'COPY <<EOF one.hex0',
  '48 65 6c 6c 6f 0a # Hello',
  'EOF',
  'RUN --network=none ["./hex0-seed", "one.hex0", "first"]',
  'RUN --network=none ["./hex0-seed", "one.hex0", "second"]',
  'RUN --network=none ["./hex0-seed", "one.hex0", "third"]',
  'FROM scratch AS package',
  'COPY --from=build --chmod=0644 /build/first /build/second /build/third /',
  ''
].join('\n')
