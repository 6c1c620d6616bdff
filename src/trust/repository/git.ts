import { spawnSync } from 'node:child_process'
import { type Finished, run } from '../../base/process.js'
import { TrustError } from '../trust-error.js'

/** How a program of git ended, with what it wrote as it is. */
interface GitAnswer {
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** Nobody's URL starts a helper program, no path is a pattern, and nothing asks at a terminal that is busy. */
const SETTINGS = ['--literal-pathspecs', '-c', 'protocol.ext.allow=never', '-c', 'gc.auto=0']
/** A hook that called us means another repository by these. */
const OTHERS = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_NAMESPACE'
]
const ENVIRONMENT = { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }

/** One bare repository, of which no file is ever checked out: no filter, no link and no hook of others acts. */
export class Git {
  readonly #folder: string
  readonly #environment: Readonly<Record<string, string>>

  /** @param index a file for the index, of this process alone */
  constructor(folder: string, index: string) {
    this.#folder = folder
    const inherited = Object.entries(process.env).flatMap(([name, value]) => {
      return value === undefined || OTHERS.includes(name) ? [] : [[name, value] as const]
    })
    this.#environment = {
      ...Object.fromEntries(inherited),
      ...ENVIRONMENT,
      GIT_INDEX_FILE: index
    }
  }

  /** Whatever it answers. */
  ask(words: readonly string[], input?: Uint8Array): GitAnswer {
    const { status, stdout, stderr, error } = spawnSync('git', this.#words(words), {
      env: this.#environment,
      ...(input === undefined ? {} : { input }),
      maxBuffer: 64 * 1024 * 1024
    })
    if (error !== undefined) throw failed(words, String(error))
    return { status: status ?? 1, stdout, stderr: stderr.toString('utf8') }
  }

  /**
   * What it prints where it succeeds.
   * @throws TrustError `signatures/git-failed`
   */
  tell(words: readonly string[], input?: Uint8Array): string {
    const { status, stdout, stderr } = this.ask(words, input)
    if (status === 0) return stdout.toString('utf8').trimEnd()
    throw failed(words, stderr)
  }

  /** Speaks to another repository, which may take long. */
  speak(words: readonly string[], signal?: AbortSignal): Promise<Finished> {
    const options = signal === undefined ? {} : { signal }
    return run('git', this.#words(words), { env: this.#environment, ...options }).catch(
      (error: unknown) => ({ status: 1, stdout: '', stderr: String(error) })
    )
  }

  #words(words: readonly string[]): string[] {
    return [`--git-dir=${this.#folder}`, ...SETTINGS, ...words]
  }
}

/** What git said, as an error. */
export function failed(words: readonly string[], stderr: string): TrustError {
  return new TrustError('signatures/git-failed', `git ${words[0] ?? ''} did not do it`, {
    found: stderr.trim().slice(0, 1000)
  })
}
