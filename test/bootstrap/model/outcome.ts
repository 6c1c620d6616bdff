/** What a program of stage0 makes of an input: its output, or why there is none. */
export type Outcome =
  { readonly output: Uint8Array } | { readonly failure: string; readonly output?: undefined }

/** Thrown inside a model where the program would stop. */
export class Stop extends Error {}

/** The outcome of `translate`, whose `Stop` is a failure. */
export function outcomeOf(translate: () => Uint8Array): Outcome {
  try {
    return { output: translate() }
  } catch (error) {
    if (error instanceof Stop) return { failure: error.message }
    throw error
  }
}
