import type { Step } from '../../containerfile/step.js'
import type { StepEnvironment } from '../execute/step-environment.js'
import type { ShellRequest } from '../plan/image-request.js'
import type { Slots } from '../plan/slots.js'
import type { DependencyUse } from './dependency-use.js'
import type { UnpackedLayers } from './unpacked-layers.js'

/** What is told while an image is built; steps of several stages may run at the same time. */
export interface ImageListener {
  /** @param number from 1, over all steps of all stages, in the order of their beginnings */
  readonly stepStarted: (number: number, count: number, stage: string, step: Step) => void
  /** Makes what the output of a step is told to, in order. */
  readonly stepOutput: (number: number) => (piece: Buffer) => void
  /** From now on until the next event the terminal belongs to a shell. */
  readonly shellOpened: (number: number) => void
  /** @param status how the shell, or what was started in its place, ended */
  readonly shellClosed: (number: number, status: number) => void
  readonly stepEnded: (number: number, cached: boolean) => void
}

/** What the build of one image needs beside the image's own definition. */
export interface ImageEnvironment extends Omit<
  StepEnvironment,
  'readTree' | 'listener' | 'lookInto'
> {
  readonly unpacked: UnpackedLayers
  /** The shell to open in one of the steps. */
  readonly shell?: ShellRequest
  /** Shared by all images: each step takes one. */
  readonly slots: Slots
  /** Follows what is read, where the image is watched. */
  readonly use?: DependencyUse
}
