import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { importImage } from '../../src/build/import-image.js'
import { readLayout } from '../../src/oci/layout-reader.js'
import { SmallTree } from '../world/small-tree.js'

const execute = promisify(execFile)
const hasPodman = spawnSync('podman', ['--version']).status === 0

it.skipIf(!hasPodman)(
  'podman has an image that was loaded, under its name and as it is',
  async () => {
    const tree = new SmallTree()
    tree.add('text', 'FROM scratch\nCOPY text /text\n', { text: 'text\n' })
    expect((await tree.build('text')).get('user-text')?.outcome).toBe('built')
    const scratch = mkdtempSync(join(tmpdir(), 'stagex-import-'))
    const storage = join(scratch, 'storage.conf')
    const folders = `graphroot = "${scratch}/graph"\nrunroot = "${scratch}/run"\n`
    writeFileSync(storage, `[storage]\ndriver = "vfs"\n${folders}`)
    const env = {
      ...(process.env as Record<string, string>),
      CONTAINERS_STORAGE_CONF: storage,
      HOME: scratch
    }
    const layout = join(tree.root, 'out', 'user-text')
    const engine = { program: 'podman', env } as const
    const reference = await importImage(engine, layout, 'user-text', '386')
    expect(reference).toBe('stagex/user-text:local')
    const format = ['--format', '{{.Id}} {{.Architecture}}']
    const { stdout } = await execute('podman', ['image', 'inspect', reference, ...format], { env })
    const config = (await readLayout(layout)).images[0]?.manifest.config.digest ?? ''
    expect(stdout.trim()).toBe(`${config.slice('sha256:'.length)} 386`)
  }
)
