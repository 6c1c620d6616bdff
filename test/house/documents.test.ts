import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository, trackedFiles } from './repository.js'

const documents = trackedFiles()
  .filter(({ path }) => path.endsWith('.md'))
  .map(({ path, bytes }) => ({ path, text: bytes.toString('utf8') }))

/** What `pattern` captures in the documents, each with its document. */
function captured(pattern: RegExp): { path: string; found: string }[] {
  return documents.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([, found = '']) => ({ path, found }))
  )
}

describe('the documents', () => {
  it('link to files that are there', () => {
    const links = captured(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)
    expect(links.length).toBeGreaterThan(0)
    const dangling = links.filter(({ path, found }) => {
      return !existsSync(join(repository, normalize(join(dirname(path), found))))
    })
    expect(dangling).toEqual([])
  })

  it('speak of commands that there are', () => {
    const { stdout } = spawnSync(join(repository, 'stagex'), ['--help'], { encoding: 'utf8' })
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name)
    expect(commands).toContain('doctor')
    const unknown = captured(/(?:^|`)(?:\.\/)?stagex ([a-z]+)/gm).filter(({ found }) => {
      return !commands.includes(found)
    })
    expect(unknown).toEqual([])
  })

  it('speak of npm scripts that there are', () => {
    const text = readFileSync(join(repository, 'package.json'), 'utf8')
    const { scripts } = JSON.parse(text) as { scripts: Readonly<Record<string, string>> }
    const mentioned = captured(/\bnpm run\s+([a-z:]*[a-z])/g)
    expect(mentioned.length).toBeGreaterThan(0)
    expect(mentioned.filter(({ found }) => scripts[found] === undefined)).toEqual([])
  })

  it('show the digests that are recorded', () => {
    const recorded = trackedFiles().filter(({ path }) => path.startsWith('digests/'))
    const known = recorded.map(({ bytes }) => bytes.toString('utf8')).join('')
    const shown = captured(/\bsha256:([0-9a-f]{64} [a-z0-9-]+)/g)
    expect(shown.filter(({ found }) => !known.includes(`${found}\n`))).toEqual([])
  })

  it('number their decisions one after the other', () => {
    const numbers = documents.flatMap(
      ({ path }) => /^docs\/decisions\/(\d{4})-/.exec(path)?.[1] ?? []
    )
    const expected = numbers.map((_, index) => String(index + 1).padStart(4, '0'))
    expect(numbers.sort()).toEqual(expected)
  })
})

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0

describe('shell scripts', () => {
  const scripts = trackedFiles().filter(({ bytes }) =>
    /^#!\S*sh\b|^#!\S*env (ba)?sh\b/.test(bytes.toString('utf8'))
  )

  it('are executable, so that they can be called by name', () => {
    const modes = spawnSync('git', ['ls-files', '-s'], { cwd: repository, encoding: 'utf8' }).stdout
    // Those of packages are called by their builds, which give them their modes.
    const called = scripts.filter(({ path }) => !path.startsWith('packages/'))
    for (const { path } of called) expect(modes).toMatch(new RegExp(`^100755 .*\\t${path}$`, 'm'))
  })

  it.skipIf(!shellcheck)('have nothing that shellcheck complains of', () => {
    const names = scripts.map(({ path }) => join(repository, path))
    const { status, stdout } = spawnSync('shellcheck', names, { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })
})
