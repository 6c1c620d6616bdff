import { lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import { placeOf } from './place.js'
import type { RunStep } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'
import { makeDirectories } from '../copy/make-directories.js'
import { resolveInRoot } from '../copy/resolve.js'
import { watchMountStubs } from '../run/mount-stubs.js'
import { type Outcome, runSandbox } from '../run/runtime.js'
import { type Bind, type Sandbox, sandboxHostname } from '../run/sandbox-spec.js'
import { findUser, homeOf } from '../run/user.js'
import type { Chain } from '../snapshot/snapshot-store.js'
import { cachedStep } from './cached-step.js'
import { stepIdentity } from './step-identity.js'
import type { StepEnvironment, StepResult } from './step-environment.js'

/**
 * Executes RUN.
 * @throws BuildError `build/run-failed` with the exit status and the last output
 */
export async function executeRun(
  environment: StepEnvironment,
  chain: Chain,
  step: RunStep
): Promise<StepResult> {
  refuseUnsupported(step)
  return cachedStep(environment, chain, stepIdentity(step), async (tree) => {
    const { root } = tree
    const binds = systemFiles(environment, step)
    const cleanUp = watchMountStubs(
      bytesOfText(root),
      binds.map((bind) => bytesOfText(bind.target))
    )
    makeMountPoints(root)
    const sandbox = sandboxOf(root, step, binds)
    const outcome = await runSandbox(
      environment.runtime(),
      environment.session,
      sandbox,
      environment.listener.output,
      environment.signal
    )
    if (outcome.status !== 0) throw runFailed(step, outcome)
    cleanUp()
    await tree.findCapabilities()
  })
}

function sandboxOf(root: string, step: RunStep, binds: readonly Bind[]): Sandbox {
  const tree = bytesOfText(root)
  const user = findUser(tree, step.user, placeOf(step.position))
  makeWorkingDirectory(root, step.cwd, user)
  const hasHome = step.env.some((entry) => entry.startsWith('HOME='))
  const env = [...step.env, ...(hasHome ? [] : [`HOME=${homeOf(tree, user.uid)}`])]
  const { argv, cwd } = step
  return { root, argv, env: [...env, ...step.proxyEnv], cwd, ...user, network: 'none', binds }
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
function systemFiles(environment: StepEnvironment, step: RunStep): Bind[] {
  const folder = environment.session.next('files')
  mkdirSync(folder)
  const hosts = `127.0.0.1\tlocalhost ${sandboxHostname}\n::1\tlocalhost ip6-localhost ip6-loopback\n`
  const file = (name: string, content: string, mode: number): string => {
    writeFileSync(join(folder, name), content, { mode })
    return join(folder, name)
  }
  return [
    { source: file('resolv.conf', '', 0o644), target: '/etc/resolv.conf' },
    { source: file('hosts', hosts, 0o644), target: '/etc/hosts' },
    ...step.pipeFiles.map(({ name, content }, index) => ({
      source: file(`pipe-${index}`, content, 0o755),
      target: `/dev/pipes/${name}`
    }))
  ]
}

function runFailed(step: RunStep, outcome: Outcome): BuildError {
  return new BuildError('build/run-failed', `RUN failed with status ${outcome.status}`, {
    where: placeOf(step.position),
    expected: `status 0 from ${step.argv.join(' ')}`,
    found: `status ${outcome.status}, last output:\n${outcome.lastOutput.slice(-4000)}`
  })
}

function refuseUnsupported(step: RunStep): void {
  const reason =
    step.mounts.length > 0
      ? 'RUN --mount is not supported'
      : step.network === 'host'
        ? 'a build has no network: RUN --network=host is refused'
        : undefined
  if (reason === undefined) return
  throw new BuildError('build/unsupported', reason, {
    where: placeOf(step.position),
    hint: 'declare what the step needs as a source in package.toml'
  })
}
