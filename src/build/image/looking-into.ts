import { BuildError } from '../build-error.js'
import type { StepEnvironment } from '../execute/step-environment.js'
import { openShell } from '../run/open-shell.js'
import type { ImageEnvironment, ImageListener } from './image-environment.js'

/**
 * What of a step's environment lets a person look into it with a shell, where one was asked for.
 * @param number the step's
 * @param listener told when a shell takes over the terminal, and when it gives it back
 */
export function lookingInto(
  environment: ImageEnvironment,
  number: number,
  listener: Pick<ImageListener, 'shellOpened' | 'shellClosed'>
): Pick<StepEnvironment, 'lookInto' | 'useCache'> {
  const { shell, useCache, store, session, runtime } = environment
  if (shell === undefined) return { useCache }
  return {
    // A step that is known would not be executed.
    useCache: useCache && shell.step !== number,
    lookInto: async (when, sandbox) => {
      if (shell.step === undefined ? when === 'before' : shell.step !== number) return
      listener.shellOpened(number)
      const status = await openShell(runtime(), store, session, sandbox, shell)
      listener.shellClosed(number, status)
      if (when === 'before') throw shellClosed()
    }
  }
}

function shellClosed(): BuildError {
  return new BuildError('build/shell-closed', 'the build was left when its shell was closed')
}
