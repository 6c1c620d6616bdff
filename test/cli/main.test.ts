import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
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

/** A module that makes Node print the address of every module it loads. */
const tellModules = `data:text/javascript,${encodeURIComponent(
  `import { register } from 'node:module'
   register('data:text/javascript,' + encodeURIComponent(
     'export function load(url, context, next) { process._rawDebug(url); return next(url, context) }'))`
)}`

/** The sources that a compiled file was made of, relative to the checkout; a file of its own if it was not compiled. */
function sourcesOf(url: string): string[] {
  const file = fileURLToPath(url)
  if (!file.includes('/dist-')) return [relative(checkout, file)]
  const { sources } = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] }
  return sources.map((source) => relative(checkout, resolve(dirname(file), source)))
}

describe('a start', () => {
  it.each([['--help'], ['--version'], ['doctor --help']])(
    'with %s waits for no module but those of the command line',
    async (words) => {
      const command = ['-c', 'NODE_OPTIONS="--import=$1" exec "$2" $3', 'sh']
      const { stderr } = await call('sh', [...command, tellModules, stagex, words])
      const urls = stderr.split('\n').filter((line) => line.startsWith('file:'))
      const sources = urls.flatMap(sourcesOf)
      expect(sources).toContain('src/cli/main.ts')
      const needed = /^src\/(cli|base)\/|^node_modules\/commander\//
      expect(sources.filter((source) => !needed.test(source))).toEqual([])
    }
  )
})
