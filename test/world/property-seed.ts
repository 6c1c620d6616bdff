import fc from 'fast-check'

/**
 * Gives properties the same examples in each run, so that a test which fails does so because of a change.
 * `STAGEX_SEED=7` gives others, `STAGEX_SEED=random` others in each run; what fails names its seed.
 */
const wanted = process.env['STAGEX_SEED'] ?? '1'
if (wanted !== 'random') {
  const seed = Number(wanted)
  if (!Number.isInteger(seed))
    throw new Error(`STAGEX_SEED is ${wanted}: a whole number, or random`)
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
}
