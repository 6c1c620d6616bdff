import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finished } from '../../../src/base/process.js'
import type { Machine } from '../../../src/build/machine/machine.js'

const ended = (stdout: string): Finished => ({ status: 0, stdout, stderr: '' })

/** What programs of this name answer, whatever they are asked; a system error when it is one. */
type Answers = Readonly<Record<string, Finished | Error>>

/** What a sample machine differs in from one that has everything. */
interface Given extends Partial<Machine> {
  readonly files?: Readonly<Record<string, string>>
  readonly answers?: Answers
}

const goodAnswers: Answers = {
  '/usr/bin/npm': ended('10.8.2\n'),
  '/usr/bin/unshare': ended('unshare from util-linux 2.38.1\n'),
  '/usr/bin/runc': ended('runc version 1.1.5+ds1\ncommit: 1.1.5\n'),
  unshare: ended('')
}

const goodFiles = {
  '/etc/os-release': 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  '/etc/subuid': 'alice:100000:65536\n',
  '/etc/subgid': 'alice:100000:65536\n'
}

/** An ordinary user's machine that has everything, but for what is given. */
export function sampleMachine({ files, answers, ...given }: Given = {}): Machine {
  const allFiles: Readonly<Record<string, string>> = { ...goodFiles, ...files }
  const allAnswers: Answers = { ...goodAnswers, ...answers }
  return {
    platform: 'linux',
    architecture: 'x64',
    kernelRelease: '6.1.0-28-amd64',
    nodeVersion: '20.19.0',
    nodePath: '/usr/bin/node',
    uid: 1000,
    user: 'alice',
    home: join(tmpdir(), 'stagex-nowhere/home'),
    readText: (file) => allFiles[file],
    mayWrite: () => false,
    findProgram: (name) => `/usr/bin/${name}`,
    run: (program) => {
      const answer = allAnswers[program] ?? ended('')
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
    ...given
  }
}

/** A `findProgram` that finds everything but `absent`. */
export function without(...absent: string[]): Machine['findProgram'] {
  return (name) => (absent.includes(name) ? undefined : `/usr/bin/${name}`)
}

/** An answer of a program that complains. */
export function refusal(stderr: string): Finished {
  return { status: 1, stdout: '', stderr }
}
