import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import { placeOf } from './place.js'
import type { CopyStep } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'
import { type CopyOptions, type CopySource, type Owner, copyInto } from '../copy/copy-tree.js'
import { modeChange } from '../copy/mode-change.js'
import { type SourceTree, selectSources } from '../copy/select-sources.js'
import { sourceDigest } from '../copy/source-digest.js'
import { findUser } from '../run/user.js'
import { type Chain, chainDigest } from '../snapshot/snapshot-store.js'
import { cachedStep } from './cached-step.js'
import { stepIdentity } from './step-identity.js'
import type { ReadTree, StepEnvironment, StepResult } from './step-environment.js'

/** Executes COPY, and ADD of plain files. */
export async function executeCopy(
  environment: StepEnvironment,
  chain: Chain,
  step: CopyStep
): Promise<StepResult> {
  refuseUnsupported(step)
  const from = await environment.readTree(step.from)
  const inputs = () => inputDigest(environment, from, step)
  const before = inputs()
  return cachedStep(environment, chain, [...stepIdentity(step), before], async ({ root }) => {
    const tree = await mounted(environment, from)
    for (const source of [...selected(tree, step), ...inline(environment, step)]) {
      await copyInto(bytesOfText(root), bytesOfText(step.destination), source, {
        ...copyOptions(root, step),
        includes: tree.includes
      })
    }
    if (inputs() !== before) throw changedMeanwhile(step)
  })
}

function inputDigest(environment: StepEnvironment, from: ReadTree, step: CopyStep): string {
  if (from.kind === 'snapshots') return chainDigest(from.chain)
  return sourceDigest(selected(from.tree, step), from.tree.includes, environment.epoch)
}

async function mounted(environment: StepEnvironment, from: ReadTree): Promise<SourceTree> {
  if (from.kind === 'folder') return from.tree
  const root = bytesOfText(await environment.snapshots.view(from.chain))
  return { root, label: 'the image or stage it is copied from', includes: () => true }
}

function selected(tree: SourceTree, step: CopyStep): CopySource[] {
  const where = placeOf(step.position)
  return step.sources.flatMap((source) => selectSources(tree, bytesOfText(source), where))
}

/** Here-documents become files that are copied like any other. */
function inline(environment: StepEnvironment, step: CopyStep): CopySource[] {
  if (step.inlineFiles.length === 0) return []
  const folder = environment.session.next('inline')
  mkdirSync(folder)
  return step.inlineFiles.map(({ name, content }) => {
    writeFileSync(join(folder, name), content, { flag: 'wx', mode: 0o644 })
    return { root: bytesOfText(folder), path: bytesOfText(name), name: bytesOfText(name) }
  })
}

function copyOptions(root: string, step: CopyStep): Omit<CopyOptions, 'includes'> {
  const mode = step.chmod === undefined ? undefined : modeChange(step.chmod)
  return { owner: ownerOf(root, step), mode }
}

/** Files of a build context belong to root, those of an image or stage keep their owners. */
function ownerOf(root: string, step: CopyStep): Owner | undefined {
  if (step.chown !== undefined) {
    return findUser(bytesOfText(root), step.chown, placeOf(step.position))
  }
  const isLocal = step.from.kind === 'context' || step.from.kind === 'named-context'
  return isLocal ? { uid: 0, gid: 0 } : undefined
}

function refuseUnsupported(step: CopyStep): void {
  const flags: [boolean, string][] = [
    [step.parents, '--parents'],
    [step.exclude.length > 0, '--exclude']
  ]
  const flag = flags.find(([given]) => given)?.[1]
  if (flag === undefined) return
  throw new BuildError('build/unsupported', `${flag} is not supported`, {
    where: placeOf(step.position),
    hint: 'docs/containerfile.md lists what is supported'
  })
}

function changedMeanwhile(step: CopyStep): BuildError {
  return new BuildError('build/copy-failed', 'the files to copy changed while they were copied', {
    where: placeOf(step.position),
    hint: 'build again when nothing writes to them'
  })
}
