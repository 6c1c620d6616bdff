/** What became of one task. */
export type TaskOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** `because`: the failed task that it depends on, directly or through others. */
  | { readonly kind: 'skipped'; readonly because: string }

/** A task among others. */
export interface Task {
  readonly name: string
  /** Names of tasks that come earlier in the list. */
  readonly dependencies: readonly string[]
}

/**
 * Performs tasks, at most `jobs` at a time, each after those it depends on. A failure stops only what
 * depends on it. Among tasks that are ready, those earlier in the list go first.
 * @param tasks each after its dependencies; a dependency that is not in the list counts as done
 * @returns the outcomes, in the order of the list
 */
export async function performTasks<T extends Task, Result>(
  tasks: readonly T[],
  jobs: number,
  perform: (task: T) => Promise<Result>
): Promise<Map<string, TaskOutcome<Result>>> {
  const outcomes = new Map<string, TaskOutcome<Result>>()
  const known = new Set(tasks.map((task) => task.name))
  const running = new Map<string, Promise<void>>()
  let waiting = [...tasks]
  while (waiting.length > 0 || running.size > 0) {
    waiting = settleSkipped(waiting, outcomes)
    for (const task of waiting.filter((each) => isReady(each, known, outcomes))) {
      if (running.size >= jobs) break
      waiting = waiting.filter((each) => each !== task)
      running.set(
        task.name,
        outcomeOf(perform(task)).then((outcome) => {
          outcomes.set(task.name, outcome)
          running.delete(task.name)
        })
      )
    }
    if (running.size > 0) await Promise.race(running.values())
    else if (waiting.length > 0) throw new Error('tasks depend on each other in a circle')
  }
  return new Map(tasks.flatMap(({ name }) => entryOf(name, outcomes)))
}

function entryOf<Result>(
  name: string,
  outcomes: ReadonlyMap<string, TaskOutcome<Result>>
): [string, TaskOutcome<Result>][] {
  const outcome = outcomes.get(name)
  return outcome === undefined ? [] : [[name, outcome]]
}

/** Marks what can no longer be done; returns the rest. */
function settleSkipped<T extends Task, Result>(
  waiting: readonly T[],
  outcomes: Map<string, TaskOutcome<Result>>
): T[] {
  return waiting.filter((task) => {
    const because = task.dependencies.map((name) => failureBehind(name, outcomes))
    const cause = because.find((name) => name !== undefined)
    if (cause !== undefined) outcomes.set(task.name, { kind: 'skipped', because: cause })
    return cause === undefined
  })
}

function failureBehind<Result>(
  name: string,
  outcomes: ReadonlyMap<string, TaskOutcome<Result>>
): string | undefined {
  const outcome = outcomes.get(name)
  if (outcome?.kind === 'failed') return name
  return outcome?.kind === 'skipped' ? outcome.because : undefined
}

function isReady<Result>(
  task: Task,
  known: ReadonlySet<string>,
  outcomes: ReadonlyMap<string, TaskOutcome<Result>>
): boolean {
  return task.dependencies.every((name) => !known.has(name) || outcomes.get(name)?.kind === 'done')
}

async function outcomeOf<Result>(work: Promise<Result>): Promise<TaskOutcome<Result>> {
  try {
    return { kind: 'done', result: await work }
  } catch (error) {
    return { kind: 'failed', error }
  }
}
