import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { caseFile, caseNames } from '../containerfile/golden-case.js'
import { exercise, exercisePatterns } from './containerfile.js'
import { fuzzInput } from './containerfile-inputs.js'
import { Random } from './random.js'

/*
 * `FUZZ_COUNT=1000000 npm run fuzz` makes this many inputs; FUZZ_SEED starts another sequence. A failure
 * names the input's number, which is its seed.
 */
const count = Number(process.env['FUZZ_COUNT'] ?? 3000)
const seed = Number(process.env['FUZZ_SEED'] ?? 1)

/** No input of a few kilobytes may take longer than this. */
const MOST_MILLISECONDS = 1000

function corpus(): [string, ...string[]] {
  const [first = '', ...others] = caseNames().map((name) =>
    readFileSync(caseFile(name, 'Containerfile'), 'utf8')
  )
  return [first, ...others]
}

test(
  `no Containerfile of ${count} crashes or hangs the reader`,
  () => {
    const files = corpus()
    const outcomes = { resolved: 0, refused: 0 }
    for (let number = 0; number < count; number++) {
      const text = fuzzInput(new Random(seed * 1_000_003 + number), files)
      outcomes[timed(number, () => attempt(number, text, exercise))]++
    }
    // The inputs are of use only while many of them get through and many do not.
    expect(outcomes.resolved).toBeGreaterThan(count / 10)
    expect(outcomes.refused).toBeGreaterThan(count / 10)
    report(outcomes)
  },
  60_000 + 2 * count
)

test(
  'no pattern crashes or hangs the matchers',
  () => {
    const files = corpus()
    for (let number = 0; number < count / 10; number++) {
      const random = new Random(seed * 7_000_003 + number)
      const text = fuzzInput(random, files)
      const path = fuzzInput(random, files).replaceAll('\n', '/').slice(0, 200)
      attempt(number, text, (input) => exercisePatterns(input, path))
    }
  },
  60_000 + 2 * count
)

/** Measures again before it complains: the machine may have been busy with something else. */
function timed<Result>(number: number, action: () => Result): Result {
  for (let time = 1; ; time++) {
    const started = performance.now()
    const result = action()
    if (performance.now() - started < MOST_MILLISECONDS) return result
    if (time === 3) throw new Error(`input ${number} takes more than ${MOST_MILLISECONDS} ms`)
  }
}

function attempt<Result>(number: number, text: string, action: (text: string) => Result): Result {
  try {
    return action(text)
  } catch (cause) {
    throw new Error(`input ${number}: ${JSON.stringify(text)}`, { cause })
  }
}

function report(outcomes: { resolved: number; refused: number }): void {
  if (count < 100_000) return
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20)
  process.stdout.write(
    `${outcomes.resolved} resolved, ${outcomes.refused} refused, ${megabytes} MB resident\n`
  )
}
