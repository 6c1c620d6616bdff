import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RegisteredCommand } from '../../src/cli/command.js'
import { runCommandLine } from '../../src/cli/program.js'
import { sampleWorld } from './sample-world.js'

/** What a command printed, and how it ended. */
export interface Told {
  readonly status: number
  readonly out: string
  readonly err: string
}

/** A tree in a folder of its own that commands are run on inside this process; nothing in it is built. */
export class SampleTree {
  readonly root = mkdtempSync(join(tmpdir(), 'stagex-cli-'))
  readonly home = join(this.root, '.home')

  constructor() {
    mkdirSync(join(this.root, 'packages'))
  }

  /** Adds `<stage>-<name>`, built from the images given; `more` is appended to its package.toml. */
  add(fullName: string, from: readonly string[] = [], more = ''): this {
    const dash = fullName.indexOf('-')
    const [stage, name] = [fullName.slice(0, dash), fullName.slice(dash + 1)]
    const copies = from.map((image) => `COPY --from=stagex/${image} . /\n`)
    this.write(
      `packages/${stage}/${name}/package.toml`,
      `[package]\nname = "${name}"\nversion = "1.2.3"\ndescription = "About ${name}"\n${more}`
    )
    this.write(`packages/${stage}/${name}/Containerfile`, `FROM scratch\n${copies.join('')}`)
    return this
  }

  /** Writes a file below the tree's root. */
  write(path: string, content: string): void {
    mkdirSync(join(this.root, path, '..'), { recursive: true })
    writeFileSync(join(this.root, path), content)
  }

  /** Runs one command on the tree. */
  async run(
    command: RegisteredCommand,
    words: readonly string[],
    env: Readonly<Record<string, string>> = {}
  ): Promise<Told> {
    const world = sampleWorld({ cwd: this.root, env: { HOME: this.root, ...env } })
    const line = ['--root', this.root, '--home', this.home, command.name, ...words]
    const status = await runCommandLine(line, [command], world, '1.2.3')
    return { status, out: world.out.join(''), err: world.err.join('') }
  }
}
