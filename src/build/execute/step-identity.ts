import type { CopyStep, RunStep, Step } from '../../containerfile/step.js'

/**
 * What a step's result depends on of the step itself, as JSON data in a fixed order. What it reads is not
 * part of it, nor is how it was written.
 */
export function stepIdentity(step: Step): readonly unknown[] {
  if (step.kind === 'run') return runIdentity(step)
  if (step.kind === 'copy') return copyIdentity(step)
  return ['workdir', step.path, step.user]
}

function runIdentity(step: RunStep): unknown[] {
  const pipes = step.pipeFiles.map(({ name, content }) => [name, content])
  return ['run', step.argv, step.env, step.cwd, step.user, step.network, step.mounts, pipes]
}

function copyIdentity(step: CopyStep): unknown[] {
  const { add, sources, inlineFiles, destination, chown, chmod, unpack, exclude } = step
  const inlined = inlineFiles.map(({ name, content }) => [name, content])
  const flags = [chown ?? null, chmod ?? null, unpack, step.parents, step.link, exclude]
  return [add ? 'add' : 'copy', sources, inlined, destination, ...flags, step.remote ?? null]
}
