/** The number of ways to choose `k` of `n`; exact up to the largest safe integer. */
export function binomial(n: number, k: number): number {
  let value = 1
  for (let step = 1; step <= k; step++) value = (value * (n - k + step)) / step
  return value
}

/** Every choice of `size` items, in the items' order. */
export function* subsets<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  if (size === 0) yield []
  else {
    for (const [index, first] of items.entries()) {
      for (const rest of subsets(items.slice(index + 1), size - 1)) yield [first, ...rest]
    }
  }
}
