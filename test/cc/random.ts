/**
 * Compares cc2 with gcc on random programs: `npx tsx test/cc/random.ts [COUNT [FIRST-SEED]]`. Prints the
 * seeds whose programs differ, and ends with status 1 if there are any.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDifferences } from './random/compare.js'

const batch = 500
const count = Number(process.argv[2] ?? '10000')
const first = Number(process.argv[3] ?? '1')
let differing = 0
for (let done = 0; done < count; done += batch) {
  const folder = mkdtempSync(join(tmpdir(), 'cc2-random-'))
  const differences = await findDifferences(first + done, Math.min(batch, count - done), folder)
  for (const { seed, byGcc, byCc2 } of differences)
    console.log(`seed ${seed}: gcc ${byGcc}, cc2 ${byCc2}`)
  differing += differences.length
  rmSync(folder, { recursive: true })
  console.log(`${Math.min(done + batch, count)} programs, ${differing} differences`)
}
process.exitCode = differing === 0 ? 0 : 1
