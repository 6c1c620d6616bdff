import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  openSignatureRepository,
  type SignatureRepository
} from '../../src/trust/repository/signature-repository.js'
import { fetchSignatures, parseGitPlace } from '../../src/trust/sources/git-source.js'
import { signaturesAt } from '../../src/trust/sources/signature-source.js'
import { alice, bobs, good, plainWorld } from './hostile-world.js'
import { sign, subject } from './trust-world.js'

const identity = { NAME: 'a', EMAIL: 'a@example.org' }
for (const [name, value] of Object.entries(identity)) {
  process.env[`GIT_AUTHOR_${name}`] = value
  process.env[`GIT_COMMITTER_${name}`] = value
}

const folder = `stagex/core-gcc@sha256=${subject.digest.slice(7)}`
const branch = 'release/2026.03.0'

function git(cwd: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-C', cwd, ...words], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout.trimEnd()
}

/** A folder with a bare repository, `remote`, and room for what signers keep. */
function remoteWorld(): { readonly root: string; readonly url: string } {
  const root = mkdtempSync(join(tmpdir(), 'stagex-signatures-'))
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true })
  })
  const url = join(root, 'remote')
  mkdirSync(url)
  git(url, 'init', '-q', '--bare', '-b', 'main')
  return { root, url }
}

const open = (root: string, url: string, who = 'one', of = branch): Promise<SignatureRepository> =>
  openSignatureRepository({
    place: { url, branch: of },
    folder: join(root, who),
    message: `Sign images as ${who}`,
    process: 1
  })

const filesOf = (url: string, of = branch): string[] =>
  git(url, 'ls-tree', '-r', '--name-only', of).split('\n')

describe('a repository of signatures', () => {
  test('has what was added, as it was, for everybody who reads it', async () => {
    const { root, url } = remoteWorld()
    const repository = await open(root, url)
    expect(repository.add(folder, good)).toBe(`${url}: ${folder}/signature-1`)
    repository.add(folder, bobs)
    // It is read before it is anywhere else.
    expect(await signaturesAt(repository.source, 'stagex/core-gcc', subject.digest)).toHaveLength(2)
    expect(git(url, 'branch')).toBe('')
    expect(await repository.publish()).toBe(2)
    expect(await repository.publish()).toBe(0)
    expect(git(url, 'log', '--format=%s', branch)).toBe('Sign images as one')
    const { source, close } = await fetchSignatures({ url, branch }, root)
    onTestFinished(close)
    const found = await signaturesAt(source, 'stagex/core-gcc', subject.digest)
    expect(found.map(({ bytes }) => Buffer.from(bytes))).toEqual([
      Buffer.from(good),
      Buffer.from(bobs)
    ])
    expect(plainWorld().judge(found.map(({ bytes }) => bytes)).met).toBe(true)
  })

  test('of several who sign at once has all of it, and no gap', async () => {
    const { root, url } = remoteWorld()
    const names = ['one', 'two', 'three', 'four']
    const repositories = await Promise.all(names.map((who) => open(root, url, who)))
    for (const repository of repositories) repository.add(folder, await sign(alice))
    expect(await Promise.all(repositories.map((each) => each.publish()))).toEqual([1, 1, 1, 1])
    expect(filesOf(url)).toEqual([1, 2, 3, 4].map((number) => `${folder}/signature-${number}`))
    expect(git(url, 'log', '--format=%s', branch).split('\n')).toHaveLength(4)
  }, 60_000)

  test('gets after an interruption what was signed before it', async () => {
    const { root, url } = remoteWorld()
    const interrupted = await open(root, url)
    interrupted.add(folder, good)
    const other = await open(root, url, 'two')
    other.add(folder, bobs)
    await other.publish()
    const again = await open(root, url)
    expect(await signaturesAt(again.source, 'stagex/core-gcc', subject.digest)).toHaveLength(2)
    expect(await again.publish()).toBe(1)
    expect(filesOf(url)).toHaveLength(2)
  })

  test('of which one user signs with two processes loses nothing', async () => {
    const { root, url } = remoteWorld()
    const [first, second] = [await open(root, url), await open(root, url)]
    const other = await open(root, url, 'two')
    other.add(folder, await sign(alice))
    await other.publish()
    first.add(folder, good)
    // It hears of the other's commit while the first has something in hand that stands before it.
    await open(root, url)
    second.add(folder, bobs)
    expect((await Promise.all([first.publish(), second.publish()])).sort()).not.toEqual([0, 0])
    expect(filesOf(url)).toEqual([1, 2, 3].map((number) => `${folder}/signature-${number}`))
  })

  test('does not get twice what is there already', async () => {
    const { root, url } = remoteWorld()
    const [one, two] = [await open(root, url), await open(root, url, 'two')]
    for (const repository of [one, two]) repository.add(folder, good)
    expect([await one.publish(), await two.publish()]).toEqual([1, 0])
    expect(filesOf(url)).toEqual([`${folder}/signature-1`])
  })

  test('that is a tree has them in signatures/, and its branch begins with the rest of it', async () => {
    const { root, url } = remoteWorld()
    const tree = join(root, 'tree')
    git(root, 'clone', '-q', url, tree)
    mkdirSync(join(tree, 'packages'))
    writeFileSync(join(tree, 'packages', 'a'), 'a')
    writeFileSync(join(tree, '.gitattributes'), '* text eol=crlf\n')
    git(tree, 'add', '-A')
    git(tree, 'commit', '-qm', 'Add a')
    git(tree, 'push', '-q', 'origin', 'HEAD:main')
    const repository = await open(root, url)
    const bytes = Buffer.from('a\nb\r\n')
    repository.add(folder, bytes)
    await repository.publish()
    expect(filesOf(url)).toEqual([
      '.gitattributes',
      'packages/a',
      `signatures/${folder}/signature-1`
    ])
    const kept = spawnSync('git', ['-C', url, 'show', `${branch}:signatures/${folder}/signature-1`])
    expect(kept.stdout).toEqual(bytes)
  })

  test('that cannot be reached, or takes nothing, loses nothing that was signed', async () => {
    const { root, url } = remoteWorld()
    await expect(open(root, join(root, 'none'))).rejects.toMatchObject({
      code: 'signatures/git-failed'
    })
    const repository = await open(root, url)
    repository.add(folder, good)
    writeFileSync(join(url, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    await expect(repository.publish()).rejects.toMatchObject({ code: 'signatures/git-failed' })
    rmSync(join(url, 'hooks', 'pre-receive'))
    expect(await (await open(root, url)).publish()).toBe(1)
  })

  test('starts no program that its address names, and leaves no file behind', async () => {
    const { root, url } = remoteWorld()
    const never = join(root, 'never')
    for (const bad of [`ext::sh -c touch% ${never}`, `--upload-pack=touch ${never}`]) {
      await expect(open(root, bad)).rejects.toMatchObject({ code: 'signatures/git-failed' })
    }
    expect(existsSync(never)).toBe(false)
    const repository = await open(root, url)
    repository.add(folder, good)
    await repository.publish()
    const kept = readdirSync(join(root, 'one', 'signatures')).flatMap((name) =>
      readdirSync(join(root, 'one', 'signatures', name))
    )
    expect(kept.filter((name) => name.startsWith('index'))).toEqual([])
  })

  test('is named by git+URL, with a branch or without', () => {
    expect(parseGitPlace('git+https://a/b.git')).toEqual({ url: 'https://a/b.git' })
    expect(parseGitPlace(`git+ssh://a/b#${branch}`)).toEqual({ url: 'ssh://a/b', branch })
    for (const other of ['https://a/b.git', './a', 'git+', 'git+#b']) {
      expect(parseGitPlace(other)).toBeUndefined()
    }
  })
})
