import { lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, bytesOfText } from '../../base/byte-string.js'
import { placeOf } from './place.js'
import type { RunStep } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'
import { makeDirectories } from '../copy/make-directories.js'
import { resolveInRoot } from '../copy/resolve.js'
import { makeMountStubs } from '../run/mount-stubs.js'
import { type Outcome, runSandbox } from '../run/runtime.js'
import type { Sandbox, SandboxLimits, SandboxMount } from '../run/sandbox.js'
import { sandboxHostname } from '../run/sandbox-spec.js'
import { showFiles } from '../run/shown-files.js'
import { findUser, homeOf } from '../run/user.js'
import type { Chain, WritableTree } from '../snapshot/snapshot-store.js'
import { fullDiskBehind } from '../store/full-disk.js'
import { cachedStep, changedTree } from './cached-step.js'
import { watchReads } from './file-reads.js'
import { stepIdentity } from './step-identity.js'
import { StepMounts } from './step-mounts.js'
import type { StepEnvironment, StepResult } from './step-environment.js'

/**
 * Executes RUN.
 * @throws BuildError `build/run-failed` with the exit status and the last output, `sandbox/time-limit`,
 * `sandbox/no-secret`, `store/full`
 */
export async function executeRun(
  environment: StepEnvironment,
  chain: Chain,
  step: RunStep
): Promise<StepResult> {
  refuseNetwork(step)
  const mounts = await StepMounts.find(environment, step)
  const identity = [...stepIdentity(step), mounts.identity()]
  const change = async (tree: WritableTree): Promise<void> => {
    try {
      await runIn(environment, tree.root, step, await mounts.open())
    } finally {
      await mounts.close()
    }
    await tree.findCapabilities()
  }
  return cachedStep(environment, chain, identity, () => changedTree(environment, chain, change))
}

/**
 * Executes RUN once more, on a tree that is thrown away, and tells which of the files at `paths` it read.
 * @throws BuildError as {@link executeRun}; `build/unsupported` as {@link watchReads}
 */
export async function readsOfRun(
  environment: StepEnvironment,
  chain: Chain,
  step: RunStep,
  paths: Iterable<ByteString>
): Promise<Set<ByteString>> {
  const mounts = await StepMounts.find(environment, step)
  const tree = await environment.snapshots.write(chain)
  try {
    const reads = watchReads(tree.root, paths)
    await runIn(environment, tree.root, step, await mounts.open())
    return reads.read()
  } finally {
    await mounts.close()
    await tree.discard()
  }
}

async function runIn(
  environment: StepEnvironment,
  root: string,
  step: RunStep,
  own: readonly SandboxMount[]
): Promise<void> {
  const mounts = [...systemFiles(environment, step), ...own]
  const cleanUp = makeMountStubs(bytesOfText(root), mounts)
  makeMountPoints(root)
  const sandbox = sandboxOf(root, step, mounts, environment.limits)
  await environment.lookInto?.('before', sandbox)
  const outcome = await runSandbox(
    environment.runtime(),
    environment.store,
    environment.session,
    sandbox,
    environment.listener.output,
    environment.signal
  )
  if (outcome.status !== 0) await environment.lookInto?.('failed', sandbox)
  if (outcome.timedOut) throw timeOver(step, environment.limits, outcome)
  if (outcome.status !== 0)
    throw fullDiskBehindRun(environment, outcome) ?? runFailed(step, outcome)
  cleanUp()
}

function sandboxOf(
  root: string,
  step: RunStep,
  mounts: readonly SandboxMount[],
  limits: SandboxLimits
): Sandbox {
  const tree = bytesOfText(root)
  const user = findUser(tree, step.user, placeOf(step.position))
  makeWorkingDirectory(root, step.cwd, user)
  const hasHome = step.env.some((entry) => entry.startsWith('HOME='))
  const home = hasHome ? [] : [`HOME=${homeOf(tree, user.uid)}`]
  const env = [...step.env, ...home, ...step.proxyEnv]
  const { argv, cwd } = step
  return { root, argv, env, cwd, ...user, mounts, limits }
}

/** Runtimes make them where they are missing, each with a mode of its own; they stay in the layer. */
function makeMountPoints(root: string): void {
  for (const name of ['dev', 'proc', 'sys']) {
    const folder = join(root, name)
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined)
      mkdirSync(folder, { mode: 0o755 })
  }
}

function makeWorkingDirectory(
  root: string,
  cwd: string,
  user: { readonly uid: number; readonly gid: number }
): void {
  const tree = bytesOfText(root)
  makeDirectories(tree, resolveInRoot(tree, bytesOfText(cwd)), { owner: user })
}

/** What a program finds in these two places whatever the image holds, as under BuildKit. */
function systemFiles(environment: StepEnvironment, step: RunStep): SandboxMount[] {
  const hosts = `127.0.0.1\tlocalhost ${sandboxHostname}\n::1\tlocalhost ip6-localhost ip6-loopback\n`
  return showFiles(environment.session, [
    { name: 'resolv.conf', content: '', mode: 0o644, target: '/etc/resolv.conf' },
    { name: 'hosts', content: hosts, mode: 0o644, target: '/etc/hosts' },
    ...step.pipeFiles.map(({ name, content }, index) => {
      return { name: `pipe-${index}`, content, mode: 0o755, target: `/dev/pipes/${name}` }
    })
  ])
}

function fullDiskBehindRun({ store }: StepEnvironment, outcome: Outcome): BuildError | undefined {
  return fullDiskBehind(store.home, outcome.lastOutput.slice(-4000))
}

function runFailed(step: RunStep, outcome: Outcome): BuildError {
  return new BuildError('build/run-failed', `RUN failed with status ${outcome.status}`, {
    where: placeOf(step.position),
    expected: `status 0 from ${step.argv.join(' ')}`,
    found: `status ${outcome.status}, last output:\n${outcome.lastOutput.slice(-4000)}`
  })
}

function timeOver(step: RunStep, { seconds = 0 }: SandboxLimits, outcome: Outcome): BuildError {
  return new BuildError('sandbox/time-limit', `RUN was ended after ${seconds} s`, {
    where: placeOf(step.position),
    expected: `an end within ${seconds} s (--step-timeout)`,
    found: `no end yet, last output:\n${outcome.lastOutput.slice(-4000)}`
  })
}

function refuseNetwork(step: RunStep): void {
  if (step.network !== 'host') return
  throw new BuildError(
    'build/unsupported',
    'a build has no network: RUN --network=host is refused',
    {
      where: placeOf(step.position),
      hint: 'declare what the step needs as a source in package.toml'
    }
  )
}
