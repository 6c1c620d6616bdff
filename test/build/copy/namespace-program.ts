import { build } from 'esbuild'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enterNamespace } from '../../../src/build/namespace/enter.js'

/** A program of the tests that runs in a user namespace, as the builder does. */
export class NamespaceProgram {
  /** For the program's files; removed from inside the namespace. */
  readonly folder = mkdtempSync(join(tmpdir(), 'stagex-namespace-'))
  readonly #source: string

  /** @param source a program that answers one message by one */
  constructor(source: string) {
    this.#source = source
  }

  /** Compiles the program. */
  async open(): Promise<void> {
    writeFileSync(join(this.folder, 'package.json'), '{"type":"module"}')
    const remove = join(import.meta.dirname, '../../../src/build/worker/remove-script.ts')
    for (const [entry, name] of [
      [this.#source, 'program.js'],
      [remove, 'remove.js']
    ] as const) {
      const outfile = join(this.folder, name)
      await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node' })
    }
  }

  /** Runs the program: tells it what to do, and waits for what it answers. */
  ask(task: unknown): Promise<unknown> {
    return this.#tell('program.js', task)
  }

  /** Removes everything. */
  async close(): Promise<void> {
    await this.#tell('remove.js', this.folder).catch(() => undefined)
  }

  async #tell(script: string, task: unknown): Promise<unknown> {
    const child = await enterNamespace(join(this.folder, script), 'own')
    return new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('error', reject)
      child.once('exit', () => {
        reject(new Error('the program ended without an answer'))
      })
      child.send(task as object)
    })
  }
}
