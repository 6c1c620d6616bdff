import type { World } from '../../src/cli/context.js'

/** A world for one command line, which keeps what was printed. */
export interface SampleWorld extends World {
  readonly out: string[]
  readonly err: string[]
}

/** A world without a terminal, in the folder `/somewhere`, unless told otherwise. */
export function sampleWorld(
  given: Partial<World> & { readonly terminal?: boolean } = {}
): SampleWorld {
  const [out, err]: [string[], string[]] = [[], []]
  const stream = (kept: string[]): World['stdout'] => ({
    write: (text) => kept.push(text),
    isTTY: given.terminal,
    columns: 80
  })
  return {
    checkout: '/checkout',
    cwd: '/somewhere',
    env: { HOME: '/home/alice' },
    now: () => 0,
    interruption: () => new AbortController().signal,
    stdout: stream(out),
    stderr: stream(err),
    ...given,
    out,
    err
  }
}
