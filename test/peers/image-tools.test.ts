import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const execute = promisify(execFile)
const checkout = fileURLToPath(new URL('../..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'stagex-peers-'))
const layout = join(scratch, 'out', 'user-hello')
const reference = `oci:${layout}`

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}

async function run(program: string, ...args: string[]): Promise<string> {
  return (await execute(program, args, { maxBuffer: 1 << 24 })).stdout
}

describe('the image of user-hello', () => {
  let digest = ''

  beforeAll(async () => {
    const places = ['--home', join(scratch, 'home'), '--root', checkout]
    const words = [...places, 'build', 'user-hello', '--out', join(scratch, 'out')]
    const stdout = await run(join(checkout, 'stagex'), ...words)
    digest = /(sha256:[0-9a-f]{64}) user-hello/.exec(stdout)?.[1] ?? ''
  }, 300_000)

  it('has the digest that the tree records', () => {
    const recorded = readFileSync(join(checkout, 'digests', 'user.txt'), 'utf8')
    expect(recorded).toContain(`${digest.slice('sha256:'.length)} user-hello\n`)
  })

  it.skipIf(!isInstalled('skopeo'))('is one that skopeo inspects', async () => {
    const inspected: unknown = JSON.parse(
      await run('skopeo', '--override-arch', '386', 'inspect', reference)
    )
    expect(inspected).toMatchObject({
      Architecture: '386',
      Os: 'linux',
      Created: '1970-01-01T00:00:01Z'
    })
    const raw = await run('skopeo', '--override-arch', '386', 'inspect', '--raw', reference)
    expect(JSON.parse(raw)).toMatchObject({ manifests: [{ digest }] })
  })

  it.skipIf(!isInstalled('skopeo'))('is the same image after skopeo copied it', async () => {
    const copy = join(scratch, 'copy')
    await run('skopeo', 'copy', '--all', '--preserve-digests', reference, `oci:${copy}:tag`)
    expect(existsSync(join(copy, 'blobs', 'sha256', digest.slice('sha256:'.length)))).toBe(true)
  })

  it.skipIf(!isInstalled('umoci') || !isInstalled('skopeo'))(
    'unpacks with umoci to one program with the mode that was recorded',
    async () => {
      // umoci wants a manifest under the tag, not an index.
      const single = join(scratch, 'single')
      await run('skopeo', '--override-arch', '386', 'copy', reference, `oci:${single}:tag`)
      const bundle = join(scratch, 'bundle')
      const rootless = process.getuid?.() === 0 ? [] : ['--rootless']
      await run('umoci', 'unpack', ...rootless, '--image', `${single}:tag`, bundle)
      const program = join(bundle, 'rootfs', 'usr', 'bin', 'hello')
      expect(statSync(program).mode & 0o7777).toBe(0o755)
      expect((await execute(program)).stdout).toMatch(/^\S.*\n$/)
    }
  )
})
