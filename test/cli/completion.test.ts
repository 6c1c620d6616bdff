import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { completionCommand } from '../../src/cli/completion.js'
import { contentsCommand } from '../../src/cli/contents.js'
import { buildCommand } from '../../src/cli/build.js'
import { completionScript } from '../../src/cli/completion/shell-scripts.js'
import { listCommand } from '../../src/cli/list.js'
import { whyCommand } from '../../src/cli/why.js'
import { SampleTree } from './sample-tree.js'

const commands = [buildCommand, contentsCommand, listCommand, whyCommand]
const command = completionCommand(() => [...commands, command])

const tree = new SampleTree()
  .add('core-libc')
  .add('core-zlib')
  .add('user-zlib', ['core-zlib'])
  .add('user-app', ['core-zlib'])

/** The words that are offered for the last one. */
async function offered(...words: string[]): Promise<string[]> {
  const { out } = await tree.run(command, ['--complete', '--', ...words])
  return out.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']))
}

describe('what is offered', () => {
  it.each([
    [['bui'], ['build']],
    [['help', 'w'], ['why']],
    [['l'], ['list']],
    [['build', 'ap'], ['app']],
    [
      ['build', 'user-'],
      ['user-app', 'user-zlib']
    ],
    [['build', 'user-app', 'user-'], ['user-zlib']],
    [
      ['build', 'co'],
      ['core', 'core-libc', 'core-zlib']
    ],
    [['why', 'app', 'lib'], ['libc']],
    [['why', 'app', 'libc', ''], []],
    [['build', '--si'], ['--since']],
    [['build', '--foreign'], []],
    [['list', '--stage', 'c'], ['core']],
    [['list', '--stage=c'], ['--stage=core']],
    [['list', '--stage', '=', 'c'], ['core']],
    [['build', '--progress', 'p'], ['plain']],
    [['build', '--jobs', ''], []],
    [['build', '--out', ''], [':folders']],
    [['contents', './o'], [':folders']],
    [['--home', 'build', 'li'], ['list']],
    [['--', '--j'], []],
    [['nonsense', 'ap'], []],
    [['completion', 'f'], ['fish']]
  ])('for %j is %j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected)
  })

  it('is no name that means two things', async () => {
    expect(await offered('build', 'z')).toEqual([])
  })

  it('is of the tree that --root names', async () => {
    const other = new SampleTree().add('core-other')
    expect(await offered('--root', other.root, 'build', 'core-')).toEqual(['core-other'])
    expect(await offered(`--root=${other.root}`, 'build', 'core-')).toEqual(['core-other'])
    expect(await offered('--root', '/no/such/folder', 'build', 'core-')).toEqual([])
  })

  it('is told with what it is, safe for a terminal', async () => {
    const told = new SampleTree()
    told.write(
      'packages/core/odd/package.toml',
      '[package]\nname = "odd"\ndescription = "a\\u202eb"\n'
    )
    told.write('packages/core/odd/Containerfile', 'FROM scratch\n')
    const { out } = await told.run(command, ['--complete', '--', 'build', 'core-o'])
    expect(out).toBe('core-odd\ta\\u{202e}b\n')
  })

  it('is no branch whose name a shell would execute', async () => {
    const own = new SampleTree().add('core-a')
    const git = (...words: string[]): unknown => execFileSync('git', ['-C', own.root, ...words])
    git('init', '--quiet', '--initial-branch', 'main')
    git('-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'x')
    for (const name of ['feature/x', 'evil$(touch${IFS}x)', "it's"]) git('branch', name)
    const { out } = await own.run(command, ['--complete', '--', 'build', '--since', ''])
    expect(out).toBe('feature/x\t\nmain\t\n')
  })

  it('is nothing, and no error, for a tree that cannot be read', async () => {
    const { status, out, err } = await tree.run(command, [
      '--complete',
      '--',
      '-C',
      '/',
      'list',
      ''
    ])
    expect({ status, out, err }).toEqual({ status: 0, out: '', err: '' })
  })
})

describe('the command', () => {
  it.each([[[]], [['tcsh']], [['bash', 'zsh']]])('refuses %j', async (words) => {
    const { status, err } = await tree.run(command, words)
    expect(status).toBe(2)
    expect(err).toContain('[cli/bad-usage]')
  })
})

const checkout = resolve(import.meta.dirname, '../..')

/** A folder with a quote in its name that has `stagex`, and a script of a shell that asks it. */
const folder = join(mkdtempSync(join(tmpdir(), 'stagex-shell-')), `it's \\ here`)

function scriptFor(shell: 'bash' | 'zsh' | 'fish'): string {
  const path = join(folder, `stagex.${shell}`)
  writeFileSync(path, completionScript(shell, join(folder, 'stagex')))
  return path
}

beforeAll(() => {
  mkdirSync(folder)
  symlinkSync(join(checkout, 'stagex'), join(folder, 'stagex'))
})

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}

function shell(program: string, ...words: string[]): string {
  return execFileSync(program, words, { cwd: tree.root, encoding: 'utf8', timeout: 30_000 })
}

describe('bash', () => {
  const complete = (...words: string[]): string[] => {
    const line = words.map((word) => `'${word}'`).join(' ')
    const set = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}`
    const out = shell(
      'bash',
      '--norc',
      '-c',
      `. "$1"; compopt() { echo "compopt $*"; }; ${set}; _stagex; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      scriptFor('bash')
    )
    return out.split('\n').filter((each) => each !== '')
  }

  it.each([
    [['stagex', 'bu'], ['build']],
    [
      ['./stagex', 'build', 'user-'],
      ['user-app', 'user-zlib']
    ],
    [
      ['stagex', 'build', ''],
      ['core', 'user', 'libc', 'app']
    ],
    [['stagex', 'build', '--progress', '=', 'p'], ['plain']],
    [
      ['stagex', 'build', '--progress', '='],
      ['auto', 'tty', 'plain', 'quiet']
    ],
    [['stagex', 'build', '--out', 'x'], ['compopt -o dirnames']]
  ])('%j becomes %j', (words, expected) => {
    expect(complete(...words)).toEqual(expect.arrayContaining(expected))
  })

  it.skipIf(!isInstalled('script'))('completes what a person types', async () => {
    const typed = await typedInto('bash --norc --noprofile -i', [
      `. '${scriptFor('bash').replaceAll("'", `'\\''`)}'\n`,
      'stagex() { echo "got:$*"; }\n',
      'stagex build user-a\t--progress pl\t\n'
    ])
    expect(typed).toContain('got:build user-app --progress plain')
  })
})

describe.skipIf(!isInstalled('zsh'))('zsh', () => {
  it.skipIf(!isInstalled('script'))('completes what a person types', async () => {
    const typed = await typedInto('zsh -f -i', [
      'autoload -U compinit && compinit -u -D\n',
      `. '${scriptFor('zsh').replaceAll("'", `'\\''`)}'\n`,
      'stagex() { echo "got:$*"; }\n',
      'stagex build user-a\t--progress pl\t\n'
    ])
    expect(typed).toContain('got:build user-app --progress plain')
  })
})

describe.skipIf(!isInstalled('fish'))('fish', () => {
  const complete = (line: string): string[] => {
    const out = shell(
      'fish',
      '--no-config',
      '-c',
      `source $argv[1]; complete -C $argv[2]`,
      scriptFor('fish'),
      line
    )
    return out.split('\n').flatMap((each) => (each === '' ? [] : [each.split('\t')[0] ?? '']))
  }

  it.each([
    ['stagex bui', ['build']],
    ['stagex build user-', ['user-app', 'user-zlib']],
    ['stagex build --progress p', ['plain']],
    ['stagex list --stage=c', ['--stage=core']],
    ['stagex build --out pack', ['packages/']]
  ])('%j becomes %j', (line, expected) => {
    expect(complete(line)).toEqual(expected)
  })
})

/** Types lines into an interactive shell on a terminal of its own, and gives all that it showed. */
async function typedInto(program: string, lines: readonly string[]): Promise<string> {
  const child = spawn('script', ['-qec', program, '/dev/null'], {
    cwd: tree.root,
    env: { PATH: process.env['PATH'], HOME: tree.root, TERM: 'dumb', PS1: '> ' }
  })
  let shown = ''
  child.stdout.on('data', (piece: Buffer) => (shown += piece.toString('utf8')))
  const ended = new Promise((done) => child.on('close', done))
  const quiet = async (): Promise<void> => {
    for (let before = -1; before !== shown.length;) {
      before = shown.length
      await new Promise((done) => setTimeout(done, 500))
    }
  }
  for (const line of [...lines, 'exit\n']) {
    // A completion takes its time, and what is typed meanwhile would not wait for it in every shell.
    for (const part of line.split(/(?<=\t)/)) {
      child.stdin.write(part)
      await quiet()
    }
  }
  await ended
  return shown
}
