import { BuildError } from '../build-error.js'
import type { StepEnvironment } from '../execute/step-environment.js'
import { openShell } from '../run/open-shell.js'
import type { ImageEnvironment } from './image-environment.js'

/**
 * What of a step's environment lets a person look into it with a shell, where one was asked for.
 * @param number the step's
 * @param opened called when a shell takes over the terminal
 */
export function lookingInto(
  environment: ImageEnvironment,
  number: number,
  opened: () => void
): Pick<StepEnvironment, 'lookInto' | 'useCache'> {
  const { shell, useCache, store, session, runtime } = environment
  if (shell === undefined) return { useCache }
  return {
    // A step that is known would not be executed.
    useCache: useCache && shell.step !== number,
    lookInto: async (when, sandbox) => {
      if (shell.step === undefined ? when === 'before' : shell.step !== number) return
      opened()
      await openShell(runtime(), store, session, sandbox, shell)
      if (when === 'before') throw shellClosed()
    }
  }
}

function shellClosed(): BuildError {
  return new BuildError('build/shell-closed', 'the build was left when its shell was closed')
}
