import type { CommandContext } from '../context.js'
import { JsonProgress } from './json-progress.js'
import { LiveProgress } from './live-progress.js'
import { PlainProgress } from './plain-progress.js'
import type { Progress } from './progress.js'

/** `auto`: live on a terminal, plain lines otherwise. */
export type ProgressKind = 'auto' | 'tty' | 'plain' | 'json' | 'quiet'

/** The display of a build on standard error; failures are shown in every kind. */
export function showProgress(context: CommandContext, kind: ProgressKind): Progress {
  const { stderr, home } = context
  if (kind === 'json') return new JsonProgress(stderr)
  const isLive = kind === 'tty' || (kind === 'auto' && stderr.terminal)
  if (isLive) return new LiveProgress(stderr, home, () => context.now())
  return new PlainProgress(stderr, home, kind === 'quiet')
}
