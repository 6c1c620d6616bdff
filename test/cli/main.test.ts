import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { call } from './sample-checkout.js'

const checkout = resolve(import.meta.dirname, '../..')
const stagex = resolve(checkout, 'stagex')

describe('the program as people call it', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(resolve(checkout, 'package.json'), 'utf8')) as {
      version: string
    }
    const { status, stdout } = await call(stagex, ['--version'])
    expect({ status, stdout }).toEqual({ status: 0, stdout: `stagex ${version}\n` })
  })

  it('ends with status 2 on a command that it does not know', async () => {
    const { status, stdout, stderr } = await call(stagex, ['docter'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Did you mean doctor?')
  })

  it('ends quietly when its reader goes away', async () => {
    const { stdout, stderr } = await call('bash', [
      '-c',
      '"$1" doctor --json | head -c 1; echo "${PIPESTATUS[0]}"',
      'bash',
      stagex
    ])
    expect(stderr).toBe('')
    expect(['{0\n', '{1\n', '{141\n']).toContain(stdout)
  })

  it('looks at this machine, and says the same in text and in JSON', async () => {
    const text = await call(stagex, ['doctor'])
    const json = await call(stagex, ['doctor', '--json'])
    const diagnosis = JSON.parse(json.stdout) as {
      ready: boolean
      requirements: { requirement: string; standing: string }[]
    }
    expect(json.status).toBe(diagnosis.ready ? 0 : 1)
    expect(text.status).toBe(json.status)
    for (const { requirement, standing } of diagnosis.requirements) {
      expect(text.stdout).toMatch(new RegExp(`^${standing} +${requirement} `, 'm'))
    }
  })

  it('says that nothing can be built where the store cannot be written', async () => {
    const { status, stdout, stderr } = await call(stagex, ['doctor', '--home', '/proc/none'])
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    expect(stdout).toMatch(/^missing +store +\/proc\/none cannot be written/m)
  })

  it('does not take a misspelt filter for success', async () => {
    const words = ['test', '--no-install', '--filter', 'no/such/test', '--json']
    const { status, stdout } = await call(stagex, words)
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'cli/bad-usage', found: 'no/such/test' }
    })
  })

  it('stops its work at Ctrl-C and says so by its status', async () => {
    const child = spawn(stagex, ['test', '--no-install', '--filter', 'cli/nothing-of-this-name'], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    child.stdout.once('data', () => child.kill('SIGINT'))
    const status = await new Promise((resolveWith) => child.on('close', resolveWith))
    expect(status).toBe(130)
  })
})

/** What V8 tells of the functions of a script: the first range is the whole function. */
interface Coverage {
  result: {
    url: string
    functions: { functionName: string; ranges: { count: number }[] }[]
  }[]
}

/** The modules that a call ran: the compiled program holds each as a function named after its source. */
async function modulesRunBy(words: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stagex-coverage-'))
  try {
    await call('env', [`NODE_V8_COVERAGE=${folder}`, stagex, ...words])
    const [file = ''] = readdirSync(folder)
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage
    return result
      .filter(({ url }) => url.endsWith('/build/main.js'))
      .flatMap(({ functions }) => functions)
      .filter(({ functionName, ranges }) => functionName.includes('/') && ranges[0]?.count !== 0)
      .map(({ functionName }) => functionName)
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('a start', () => {
  it.each([['--help'], ['--version'], ['doctor --help']])(
    'with %s runs no module but those of the command line',
    async (words) => {
      const modules = await modulesRunBy(words.split(' '))
      expect(modules).toContain('src/cli/report.ts')
      const needed = /^src\/(cli|base)\/|^node_modules\/commander\//
      expect(modules.filter((module) => !needed.test(module))).toEqual([])
    }
  )
})
