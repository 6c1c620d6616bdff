import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { CliError } from '../../src/cli/cli-error.js'
import { contextOf } from '../../src/cli/context.js'
import { sampleWorld } from './sample-world.js'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagex-context-'))
  mkdirSync(join(folder, 'tree/packages/user/hello'), { recursive: true })
  mkdirSync(join(folder, 'javascript/packages/left-pad'), { recursive: true })
  return () => {
    rmSync(folder, { recursive: true })
  }
})

describe('the tree', () => {
  const root = (cwd: string, named?: string): string => {
    const options = { color: true, ...(named !== undefined && { root: named }) }
    return contextOf(sampleWorld({ cwd }), options).root
  }

  it('is the nearest one upwards', () => {
    expect(root(join(folder, 'tree/packages/user/hello'))).toBe(join(folder, 'tree'))
    expect(root(join(folder, 'tree'))).toBe(join(folder, 'tree'))
  })

  it('is not any folder that has packages', () => {
    expect(root(join(folder, 'javascript'))).toBe('/checkout')
  })

  it('is the one that stagex came with where there is none', () => {
    expect(root('/')).toBe('/checkout')
  })

  it('is the one that was named, from the working directory', () => {
    expect(root(folder, 'javascript')).toBe(join(folder, 'javascript'))
  })

  it.each(['nowhere', '/dev/null'])('named %s is an error', (name) => {
    const wrong = (): string => root(folder, name)
    expect(wrong).toThrow(CliError)
    expect(wrong).toThrow(expect.objectContaining({ code: 'cli/no-such-folder', kind: 'usage' }))
  })
})

describe('the home', () => {
  const home = (env: Record<string, string>, named?: string): string => {
    const options = { color: true, ...(named !== undefined && { home: named }) }
    return contextOf(sampleWorld({ cwd: '/folder', env }), options).home
  }
  const everything = { HOME: '/home/alice', XDG_DATA_HOME: '/data', STAGEX_HOME: '/store' }

  it.each([
    [everything, '/named', '/named'],
    [everything, 'named', '/folder/named'],
    [everything, undefined, '/store'],
    [{ ...everything, STAGEX_HOME: 'store' }, undefined, '/folder/store'],
    [{ ...everything, STAGEX_HOME: '' }, undefined, '/data/stagex'],
    [
      { HOME: '/home/alice', XDG_DATA_HOME: 'relative' },
      undefined,
      '/home/alice/.local/share/stagex'
    ],
    [{ HOME: '/home/alice' }, undefined, '/home/alice/.local/share/stagex']
  ])('of %j and --home %s is %s', (env, named, expected) => {
    expect(home(env, named)).toBe(expected)
  })

  it.each([
    ['--home', {}, '/dev/null'],
    ['--home below a file', {}, '/dev/null/store'],
    ['STAGEX_HOME', { STAGEX_HOME: '/dev/null' }, undefined]
  ])('%s of a file is an error that says what was expected', (_, env, named) => {
    expect(() => home({ ...everything, ...env }, named)).toThrow(
      expect.objectContaining({
        code: 'cli/no-such-folder',
        kind: 'usage',
        where: '/dev/null',
        found: 'a file'
      })
    )
  })
})
