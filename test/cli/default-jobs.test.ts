import { expect, it } from 'vitest'
import { defaultJobs, jobsFor } from '../../src/cli/default-jobs.js'

const gibibyte = 2 ** 30

it.each([
  [8, 16, 8],
  [64, 16, 16],
  [4, 0.5, 1],
  [1, 64, 1]
])('with %d cores and %d GiB, %d are built at the same time', (cores, memory, jobs) => {
  expect(jobsFor(cores, memory * gibibyte)).toBe(jobs)
})

it('at least one is built at a time on this machine', () => {
  expect(defaultJobs()).toBeGreaterThanOrEqual(1)
})
