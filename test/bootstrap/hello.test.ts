import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { withChain } from './chain.js'
import { runsI386 } from './steps.js'

const hello = fileURLToPath(new URL('../../packages/user/hello/', import.meta.url))

/** The commands of hello's Containerfile, with stage0's installed files found beside them. */
function commands(): string[][] {
  const text = readFileSync(join(hello, 'Containerfile'), 'utf8')
  const lines = [...text.matchAll(/^RUN --network=none (\[.*\])$/gm)]
  const moved = lines.map((line) =>
    (line[1] ?? '').replaceAll('/usr/bin/', 'bin/').replaceAll('/usr/lib/stage0/', '')
  )
  return moved.map((line) => z.array(z.string()).parse(JSON.parse(line)))
}

describe.skipIf(!runsI386())('hello', () => {
  it('says its line, and is smaller than 2 KB', async () => {
    await withChain((folder) => {
      copyFileSync(join(hello, 'hello.M1'), join(folder, 'hello.M1'))
      for (const [program = '', ...args] of commands()) {
        expect(spawnSync(join(folder, program), args, { cwd: folder }).status).toBe(0)
      }
      const ran = spawnSync(join(folder, 'hello'), { cwd: folder, encoding: 'utf8' })
      expect(ran).toMatchObject({ status: 0, stderr: '' })
      expect(ran.stdout).toMatch(/^Hello from the seed: .*\n$/)
      expect(statSync(join(folder, 'hello')).size).toBeLessThan(2048)
    })
  })
})
