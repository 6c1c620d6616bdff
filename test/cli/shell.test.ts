import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Ended, SmallTree } from '../world/small-tree.js'

const busybox = '/bin/busybox'

const containerfile = `FROM scratch
COPY --chmod=0755 busybox /bin/sh
COPY --chmod=0755 busybox /bin/cat
ENV GREETING=hello
RUN --network=none ["/bin/sh", "-c", "echo one > /one"]
WORKDIR /build
RUN --network=none ["/bin/sh", "-c", "echo two > two; exit 3"]
`

function sampleTree(text = containerfile): SmallTree {
  const tree = new SmallTree()
  tree.add('sample', text)
  copyFileSync(busybox, join(tree.root, 'packages/user/sample/busybox'))
  return tree
}

/** Types into a shell that is opened. */
function typed(tree: SmallTree, input: string, ...words: string[]): Promise<Ended> {
  const stagex = join(import.meta.dirname, '../../stagex')
  const places = ['--home', tree.home, '--root', tree.root]
  const child = spawn(stagex, [...places, 'shell', 'sample', ...words])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()))
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.once('close', (status) => {
      resolve({ status: status ?? -1, stdout, stderr })
    })
  })
}

describe.skipIf(!existsSync(busybox))('stagex shell', () => {
  it('opens in what a step that failed has left, as the step saw it', async () => {
    const tree = sampleTree()
    const { status, stdout, stderr } = await typed(tree, 'cat /one two\necho $GREETING\npwd\n')
    expect(stdout).toBe('one\ntwo\nhello\n/build\n')
    expect(stderr).toContain('user-sample, after step 5, which failed')
    expect(status).toBe(0)
  })

  it('opens before a step, though the step is known, and lets nothing that is written stay', async () => {
    const tree = sampleTree(containerfile.replace('; exit 3', ''))
    const built = (await tree.build('sample')).get('user-sample')
    const { stdout } = await typed(tree, 'echo more > /more; cat /one; cat two\n', '--at', '5')
    expect(stdout).toBe('one\n')
    const again = await tree.build('sample', '--no-cache')
    expect(again.get('user-sample')?.digest).toBe(built?.digest)
    expect(readdirSync(join(tree.home, 'sessions'))).toEqual([])
  })

  it('runs another program of the image', async () => {
    const { stdout } = await typed(sampleTree(), '', '--at', '5', '--', '/bin/cat', '/one')
    expect(stdout).toBe('one\n')
  })

  it('fails where a program that was named fails, or is not there', async () => {
    const tree = sampleTree()
    const failed = await typed(tree, '', '--at', '5', '--', '/bin/sh', '-c', 'exit 7')
    expect(failed.status).toBe(1)
    expect(failed.stderr).toContain('[cli/program-failed]')
    expect(failed.stderr).toContain('found     status 7')
    const missing = await typed(tree, '', '--at', '5', '--', '/bin/missing')
    expect(missing.status).toBe(1)
    expect(missing.stderr).toContain('[cli/program-failed]')
  })

  it('does not mind how an interactive shell ends', async () => {
    const { status } = await typed(sampleTree(), 'exit 7\n', '--at', '5')
    expect(status).toBe(0)
  })

  it('tells once of a RUN that fails before the step', async () => {
    const steps = `${containerfile}RUN --network=none ["/bin/sh", "-c", "echo three"]\n`
    const { status, stderr } = await typed(sampleTree(steps), '', '--at', '6')
    expect(status).toBe(1)
    expect(stderr.match(/\[build\/run-failed\]/g)).toHaveLength(1)
    expect(stderr).toContain('two; exit 3')
  })

  it('says which steps a shell can be opened in, where the one asked for is no RUN', async () => {
    const { status, stderr } = await typed(sampleTree(), '', '--at', '1')
    expect(status).toBe(2)
    expect(stderr).toContain('[cli/no-such-step]')
    expect(stderr).toMatch(/3: RUN .*echo one/)
  })

  it('says that no step fails, where none does', async () => {
    const { status, stderr } = await typed(sampleTree(containerfile.replace('; exit 3', '')), '')
    expect(status).toBe(2)
    expect(stderr).toContain('no step of it fails')
  })
})
