import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildBootstrapImages, unpackImage } from '../world/bootstrap-images.js'

const built = buildBootstrapImages('user-hello-c')
const out = built.missing === undefined ? built.out : ''
// podman wants no more than 50 characters here.
const running = mkdtempSync(join(tmpdir(), 'run-'))
const noPodman = spawnSync('podman', ['--version']).status !== 0 || process.getuid?.() !== 0
afterAll(() => {
  // podman leaves its storage mounted on itself.
  if (!noPodman) spawnSync('umount', [join(out, 'podman/overlay')])
  if (out !== '') rmSync(out, { recursive: true, force: true })
  rmSync(running, { recursive: true, force: true })
})

const says = /^Hello from C: the square root of two is 1\.414213562373095\.\n$/

describe.skipIf(built.missing !== undefined)(`hello-c ${built.missing ?? ''}`, () => {
  it('is one static program, which runs where nothing else is', async () => {
    const folder = join(out, 'system')
    await unpackImage(join(out, 'user-hello-c'), folder)
    const ran = spawnSync('chroot', [folder, '/usr/bin/hello-c'], { encoding: 'utf8' })
    if (process.getuid?.() === 0) expect(ran.stdout).toMatch(says)
    const program = join(folder, 'usr/bin/hello-c')
    expect(spawnSync(program, { encoding: 'utf8' }).stdout).toMatch(says)
  })

  it.skipIf(noPodman)(
    'runs in podman, from the layout that the build wrote',
    () => {
      // Limits that a confined machine allows, runc for its old control groups, and nothing left behind.
      const places = [`--root=${join(out, 'podman')}`, `--runroot=${running}`]
      const limits = ['--ulimit=nofile=1024:1024', '--ulimit=nproc=1024:1024', '--network=none']
      const image = `oci:${join(out, 'user-hello-c')}`
      const words = [...places, '--runtime=runc', 'run', '--rm', '--arch=386', ...limits, image]
      const { stdout, stderr } = spawnSync('podman', words, { encoding: 'utf8' })
      expect(stdout, stderr).toMatch(says)
    },
    120_000
  )
})
