/**
 * Runs `task` for every item, at most `limit` at a time, and gives the results in the items' order. After
 * a task has thrown no further one is begun; the error is passed on when those that run have ended.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  task: (item: Item) => Promise<Result>
): Promise<Result[]> {
  const results = new Array<Result>(items.length)
  const pending = items.entries()
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (const [index, item] of pending) {
      try {
        results[index] = await task(item)
      } catch (error) {
        failures.push(error)
      }
      if (failures.length > 0) return
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker))
  if (failures.length > 0) throw failures[0]
  return results
}
