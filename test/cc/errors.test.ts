import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { badPrograms } from './bad-programs.js'
import { buildCc2, runtime, whyNoGcc } from './toolchain.js'

const missing = whyNoGcc()
const place = mkdtempSync(join(tmpdir(), 'cc2-errors-'))
afterAll(() => {
  rmSync(place, { recursive: true })
})

describe.skipIf(missing !== undefined)(`cc2 refuses ${missing ?? ''}`, () => {
  test.each(badPrograms)('$story', async ({ source, error }) => {
    writeFileSync(join(place, 'bad.c'), source)
    const out = join(place, 'bad')
    const done = await run(buildCc2(), ['-o', out, 'bad.c'], { cwd: place })
    expect(done.status).toBe(1)
    expect(done.stdout).toBe('')
    expect(done.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(done.stderr).toContain(error)
    expect(existsSync(out)).toBe(false)
  })

  test.each([
    [[], 'usage'],
    [['-o'], "nothing follows the option: '-o'"],
    [['-o', 'x'], 'usage'],
    [['-z', '-o', 'x', 'a.c'], 'usage'],
    [['-o', 'x', 'none.c'], "cannot open: 'none.c'"]
  ])('the command line %j', async (args, error) => {
    const done = await run(buildCc2(), args, { cwd: place })
    expect(done.status).toBe(1)
    expect(done.stderr).toContain(error)
  })

  test('an output file that cannot be created', async () => {
    writeFileSync(join(place, 'good.c'), 'void __start(int *s) {}\n')
    const done = await run(buildCc2(), ['-o', 'none/x', 'good.c', runtime], { cwd: place })
    expect(done.status).toBe(1)
    expect(done.stderr).toContain("cannot create: 'none/x'")
  })
})
