import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Task, performTasks } from '../../src/build/plan/schedule.js'

/** Task lists in which each task depends on some of those before it. */
const taskLists = fc.array(fc.array(fc.nat()), { maxLength: 12 }).map((lists) =>
  lists.map((picks, index): Task => ({
    name: `t${index}`,
    dependencies: index === 0 ? [] : [...new Set(picks.map((pick) => `t${pick % index}`))]
  }))
)

describe('performing tasks', () => {
  it('starts no task before those it depends on are done, and never more than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(taskLists, fc.integer({ min: 1, max: 4 }), async (tasks, jobs) => {
        const done = new Set<string>()
        let running = 0
        await performTasks(tasks, jobs, async (task) => {
          running += 1
          expect(running).toBeLessThanOrEqual(jobs)
          expect(task.dependencies.every((name) => done.has(name))).toBe(true)
          await Promise.resolve()
          done.add(task.name)
          running -= 1
        })
        expect(done.size).toBe(tasks.length)
      })
    )
  })

  it('skips exactly what depends on a failure, and names the failure', async () => {
    await fc.assert(
      fc.asyncProperty(taskLists, fc.nat(), async (tasks, pick) => {
        fc.pre(tasks.length > 0)
        const broken = `t${pick % tasks.length}`
        const outcomes = await performTasks(tasks, 2, (task) =>
          task.name === broken ? Promise.reject(new Error('broken')) : Promise.resolve(task.name)
        )
        expect([...outcomes.keys()].sort()).toEqual(tasks.map(({ name }) => name).sort())
        const needs = dependantsOf(tasks, broken)
        for (const [name, outcome] of outcomes) {
          if (name === broken) expect(outcome.kind).toBe('failed')
          else if (needs.has(name)) expect(outcome).toEqual({ kind: 'skipped', because: broken })
          else expect(outcome).toEqual({ kind: 'done', result: name })
        }
      })
    )
  })
})

function dependantsOf(tasks: readonly Task[], name: string): Set<string> {
  const found = new Set([name])
  for (const task of tasks) {
    if (task.dependencies.some((dependency) => found.has(dependency))) found.add(task.name)
  }
  found.delete(name)
  return found
}
