import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Readable } from 'node:stream'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'
import {
  type IdRange,
  foreignId,
  foreignRange,
  identityRanges,
  subordinateRanges
} from './id-ranges.js'
import { sessionName } from '../store/session.js'
import { makeProcessGroup, removeProcessGroup } from './process-group.js'
import { withReadOnlyDevices } from './read-only-devices.js'

/**
 * Runs in the new namespaces before the program: reports that they exist, waits until the ids are mapped,
 * then starts the program. It stays as process 1, so that it reaps what a build leaves behind. Only a
 * program started after the mapping has capabilities, which is why the shell does not become it.
 */
const gate = 'echo ready >&3; read -r _ || exit 1; "$@" 3>&- </dev/null; exit $?'

/** Enters a control group, if there is one, before anything is started that it has to hold. */
const join = 'test -z "$1" || echo $$ >"$1/cgroup.procs"; shift; exec "$@"'

/** The file descriptor that leads to the standard input of the process outside. */
export const passedInput = 5

/** How many namespaces this process has made. */
let started = 0

/**
 * Who root inside is outside. `own`: the user who builds. `other`: as far as possible nobody who exists, to
 * show that a build does not depend on who does it.
 */
export type RootIdentity = 'own' | 'other'

/**
 * Starts a Node program in a user namespace in which it is root, with mount and process namespaces of its
 * own. As an ordinary user, root inside is that user and the other ids are its subordinate ids; as root,
 * every id is itself, but the program holds no capability outside. When this process ends, however it
 * ends, everything inside is killed and every mount is gone.
 * @param script the program's file
 * @param root see {@link RootIdentity}
 * @param passInput whether the program finds this process's standard input as its file descriptor
 * {@link passedInput}
 * @returns the child, with an IPC channel to the program
 * @throws BuildError `namespace/…`
 */
export async function enterNamespace(
  script: string,
  root: RootIdentity,
  passInput = false
): Promise<ChildProcess> {
  const group = isMachineRoot(root)
    ? makeProcessGroup(sessionName(process.pid), ++started)
    : undefined
  const inside = ['sh', '-c', gate, 'sh', process.execPath, script]
  const unshare = ['unshare', ...unshareOptions, '--', ...inside]
  const command = isMachineRoot(root) ? withReadOnlyDevices(unshare) : unshare
  const child = spawn('sh', ['-c', join, 'sh', group ?? '', ...command], {
    stdio: ['pipe', 'inherit', 'pipe', 'pipe', 'ipc', ...(passInput ? [0] : [])],
    // Node would read these certificates at its start, whether a server is called or not.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined },
    ...startAs(root)
  })
  child.once('exit', () => {
    if (group !== undefined) removeProcessGroup(group)
  })
  const complaint = collectComplaint(child)
  try {
    await namespacesReady(child, complaint)
    await mapIds(child, root)
    child.stdin?.write('\n')
    return child
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

const unshareOptions = ['--user', '--mount', '--pid', '--ipc', '--uts', '--cgroup'].concat([
  '--fork',
  '--kill-child',
  '--mount-proc'
])

function collectComplaint(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (piece: Buffer) => {
    text = (text + piece.toString('utf8')).slice(-2000)
    process.stderr.write(piece)
  })
  return () => text.trim()
}

function namespacesReady(child: ChildProcess, complaint: () => string): Promise<void> {
  const signal = child.stdio[3] as Readable
  return new Promise((resolve, reject) => {
    const fail = (found: string): void => {
      reject(
        new BuildError('namespace/not-entered', 'cannot make a user namespace for the build', {
          expected: 'unshare (util-linux) to create user, mount and process namespaces',
          found,
          hint: 'run ./stagex doctor, which tests each requirement'
        })
      )
    }
    signal.once('data', () => {
      resolve()
    })
    child.once('error', (error) => {
      fail(error.message)
    })
    child.once('exit', () => {
      setImmediate(() => {
        fail(complaint() || 'unshare ended at once')
      })
    })
  })
}

async function mapIds(child: ChildProcess, root: RootIdentity): Promise<void> {
  const pid = String(child.pid)
  const { username, uid, gid } = userInfo()
  if (uid === 0) {
    for (const file of ['uid_map', 'gid_map'] as const) {
      const own = readFileSync(`/proc/self/${file}`, 'utf8')
      const ranges = root === 'own' ? identityRanges(own) : [foreignRange]
      writeFileSync(`/proc/${pid}/${file}`, ranges.map((range) => `${line(range)}\n`).join(''))
    }
    return
  }
  const user = { username, uid }
  await mapWith('newuidmap', pid, subordinateRanges('/etc/subuid', user, ownId(root, uid)))
  await mapWith('newgidmap', pid, subordinateRanges('/etc/subgid', user, ownId(root, gid)))
}

/** As root, the program has to be somebody else before the namespace is made: its own root. */
function startAs(root: RootIdentity): { uid?: number; gid?: number } {
  const foreign = root === 'other' && process.getuid?.() === 0
  return foreign ? { uid: foreignId, gid: foreignId } : {}
}

/** Whether root inside is the machine's root, whose processes no limit counts. */
function isMachineRoot(root: RootIdentity): boolean {
  return root === 'own' && process.getuid?.() === 0
}

function ownId(root: RootIdentity, id: number): number | undefined {
  return root === 'own' ? id : undefined
}

async function mapWith(program: string, pid: string, ranges: readonly IdRange[]): Promise<void> {
  const finished = await run(program, [pid, ...ranges.flatMap((range) => line(range).split(' '))])
  if (finished.status === 0) return
  throw new BuildError('namespace/no-subordinate-ids', `${program} refused to map the ids`, {
    found: finished.stderr.trim(),
    hint: 'run ./stagex doctor, which tests each requirement'
  })
}

function line(range: IdRange): string {
  return `${range.inside} ${range.outside} ${range.count}`
}
