import fc from 'fast-check'
import type { Action } from './tree-actions.js'

const name = fc.constantFrom('a', 'b', 'c')
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
/** What a step may do; few names, so that steps meet each other's files. */
export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('folder' as const), path }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      path,
      text: fc.constantFrom('', 'x', 'y'),
      time: fc.constantFrom(0, 0.5, 1, 1_000_000_000)
    })
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), path, to: path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('symlink' as const), path, to: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const), path, to: path }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mode' as const),
      path,
      mode: fc.constantFrom(0o755, 0o700, 0o4711)
    })
  }
)
