import { availableParallelism, totalmem } from 'node:os'

/** What a compiler may well need; more jobs than the memory has room for would make each of them slow. */
const memoryPerJob = 2 ** 30

/**
 * How many images and steps are built at the same time unless told otherwise: one a core, and no more than
 * the memory has room for.
 * @param memory bytes that this program and its children may use
 */
export function jobsFor(cores: number, memory: number): number {
  return Math.max(1, Math.min(cores, Math.floor(memory / memoryPerJob)))
}

/** The number of jobs for this machine, or for the control group that this process is held in. */
export function defaultJobs(): number {
  // 0, or more than there is, where nothing holds it.
  const limit = process.constrainedMemory()
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return jobsFor(availableParallelism(), memory)
}
