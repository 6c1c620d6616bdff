import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository, trackedFiles } from './repository.js'

const seed = 'packages/bootstrap/stage0/hex0-seed'
const files = trackedFiles()
const text = (path: string): string => readFileSync(join(repository, path), 'utf8')

/** Text is UTF-8 without the control characters that no editor writes. */
function isText(bytes: Buffer): boolean {
  const controls = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/
  return Buffer.from(bytes.toString('utf8')).equals(bytes) && !controls.test(bytes.toString('utf8'))
}

describe('the files of the repository', () => {
  it('are text, but for the seed', () => {
    const binaries = files.filter(({ path, bytes }) => path !== seed && !isText(bytes))
    expect(binaries.map(({ path }) => path)).toEqual([])
  })

  it('hold a seed of at most 181 bytes', () => {
    expect(statSync(join(repository, seed)).size).toBeLessThanOrEqual(181)
  })

  it('are of at most 400 lines where they are source', () => {
    const long = files
      .filter(({ path }) => /^(src|test|bench)\/.*\.(ts|mjs|cjs)$/.test(path) || path === 'stagex')
      .map(({ path, bytes }) => ({ path, lines: bytes.toString('utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400)
    expect(long).toEqual([])
  })
})

describe('nothing of the machine it is written on', () => {
  /** Hosts of package registries and of distributions' mirrors, here and as this machine knows them. */
  function hosts(): string[] {
    const known = [
      ['registry', 'npmjs', 'org'],
      ['registry', 'yarnpkg', 'com'],
      ['deb', 'debian', 'org'],
      ['security', 'debian', 'org'],
      ['archive', 'ubuntu', 'com']
    ].map((labels) => labels.join('.'))
    const configured = [npmRegistry(), ...aptSources()].flatMap((line) => {
      return /https?:\/\/([^/\s:]+\.[^/\s:]+)/.exec(line)?.[1] ?? []
    })
    return [...new Set([...known, ...configured])]
  }

  function npmRegistry(): string {
    return execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' })
  }

  function aptSources(): string[] {
    const folder = '/etc/apt/sources.list.d'
    try {
      const lists = readdirSync(folder).map((name) => join(folder, name))
      return lists.flatMap((list) => readFileSync(list, 'utf8').split('\n'))
    } catch {
      return []
    }
  }

  function mentioning(words: readonly string[]): string[] {
    return files.flatMap(({ path, bytes }) => {
      const word = words.find((each) => bytes.includes(each))
      return word === undefined ? [] : [`${path}: ${word}`]
    })
  }

  it('is in it: no host of a registry or mirror', () => {
    expect(mentioning(hosts())).toEqual([])
  })

  it('is in it: no folder of a developer', () => {
    expect(mentioning([['', 'work', 'main'].join('/'), ['', 'work', 'shared'].join('/')])).toEqual(
      []
    )
  })
})

describe('the lock file', () => {
  it('names packages by version and hash, not by where they came from', () => {
    const dependencies = Object.entries(lockedPackages()).filter(([path]) => path !== '')
    expect(dependencies.length).toBeGreaterThan(0)
    for (const [path, { resolved, integrity, version }] of dependencies) {
      expect({ path, resolved }).toEqual({ path, resolved: undefined })
      expect(integrity, path).toMatch(/^sha512-/)
      expect(version, path).toMatch(/^\d/)
    }
  })

  // npm leaves out what it could not find when the file was written, and refuses to install from it later.
  it('holds what every platform needs', () => {
    const packages = lockedPackages()
    const unlisted = Object.entries(packages).flatMap(([path, entry]) => {
      const names = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      return names.filter((name) => !isFoundFrom(packages, path, name))
    })
    expect(unlisted).toEqual([])
  })
})

/** An entry of package-lock.json, version 3. */
interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

type LockedPackages = Readonly<Record<string, LockedPackage>>

function lockedPackages(): LockedPackages {
  const { packages } = JSON.parse(text('package-lock.json')) as { packages: LockedPackages }
  return packages
}

/** Looks a name up as Node does: in the node_modules of the folder itself, then of those above it. */
function isFoundFrom(packages: LockedPackages, path: string, name: string): boolean {
  if (`${path === '' ? '' : `${path}/`}node_modules/${name}` in packages) return true
  if (path === '') return false
  const above = path.lastIndexOf('/node_modules/')
  return isFoundFrom(packages, above === -1 ? '' : path.slice(0, above), name)
}
