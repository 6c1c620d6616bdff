import { ContainerfileError } from '../containerfile-error.js'
import type { MountFlag, RunInstruction } from '../instruction.js'
import { didYouMean } from '../suggestion.js'
import type { CacheMount, RunMount, SecretMount, StepSource } from '../step.js'
import { MountOptions } from './mount-options.js'
import type { StageDraft } from './stage-draft.js'
import { cleanPath, joinPath } from '../unix-path.js'

const TYPES = ['bind', 'cache', 'tmpfs', 'secret', 'ssh']

/** All `--mount` of a RUN. */
export function resolveMounts(draft: StageDraft, instruction: RunInstruction): RunMount[] {
  return instruction.mounts.map((flag) => resolveMount(draft, flag))
}

function resolveMount(draft: StageDraft, flag: MountFlag): RunMount {
  const options = new MountOptions(draft, flag)
  const type = (options.text('type') ?? 'bind').toLowerCase()
  switch (type) {
    case 'bind':
      options.allow(type, ['from', 'source', 'target', 'readonly', 'id'])
      return bindMount(draft, flag, options)
    case 'cache':
      options.allow(type, [
        'from',
        'source',
        'target',
        'readonly',
        'id',
        'sharing',
        'mode',
        'uid',
        'gid'
      ])
      return cacheMount(draft, flag, options)
    case 'tmpfs':
      options.allow(type, ['target', 'id', 'size'])
      return tmpfsMount(draft, options)
    case 'secret':
      options.allow(type, [
        'source',
        'target',
        'readonly',
        'id',
        'required',
        'env',
        'mode',
        'uid',
        'gid'
      ])
      return secretMount(draft, options)
    case 'ssh':
      throw sshMount(flag)
    default:
      throw unknownType(flag, type)
  }
}

function sshMount(flag: MountFlag): ContainerfileError {
  return new ContainerfileError(
    'containerfile/not-hermetic',
    flag.position,
    'an ssh agent lets a build read what no digest pins',
    { hint: 'declare what the step needs as a source' }
  )
}

function unknownType(flag: MountFlag, type: string): ContainerfileError {
  return new ContainerfileError(
    'containerfile/bad-mount',
    flag.position,
    `there is no mount of type ${type}`,
    { expected: TYPES.join(', '), found: type, hint: didYouMean(type, TYPES) }
  )
}

function bindMount(draft: StageDraft, flag: MountFlag, options: MountOptions): RunMount {
  return {
    type: 'bind',
    from: sourceOf(draft, flag, { kind: 'context' }),
    source: joinPath('/', options.text('source') ?? ''),
    target: targetOf(draft, options),
    readOnly: options.readOnly(true)
  }
}

function cacheMount(draft: StageDraft, flag: MountFlag, options: MountOptions): CacheMount {
  const id = options.text('id') ?? ''
  const { mode, uid, gid } = options.owner()
  return {
    type: 'cache',
    id: id === '' ? cleanPath(options.text('target') ?? '') : id,
    sharing: options.sharing(),
    from: sourceOf(draft, flag, { kind: 'scratch' }),
    source: joinPath('/', options.text('source') ?? ''),
    target: targetOf(draft, options),
    readOnly: options.readOnly(false),
    ...(mode === undefined ? {} : { mode }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid })
  }
}

function tmpfsMount(draft: StageDraft, options: MountOptions): RunMount {
  const size = options.size()
  return {
    type: 'tmpfs',
    target: targetOf(draft, options),
    ...(size === undefined || size === 0 ? {} : { size })
  }
}

const SECRET_MODE = 0o400

/** Without a target it lies in /run/secrets, unless it is only an environment variable. */
function secretMount(draft: StageDraft, options: MountOptions): SecretMount {
  const target = options.text('target') ?? ''
  const source = options.text('source') ?? ''
  const id = options.text('id') ?? ''
  if (source === '' && target === '' && id === '') {
    throw options.error('a secret needs a name', 'id=… or target=…')
  }
  if (source !== '' && id !== '') throw options.error('id and source are the same', 'one of them')
  const name = [source, id, lastPart(target)].find((each) => each !== '') ?? ''
  const env = options.text('env')
  const file = target === '' && env === undefined ? `/run/secrets/${lastPart(name)}` : target
  const { mode = SECRET_MODE, uid = 0, gid = 0 } = options.owner()
  return {
    type: 'secret',
    id: name,
    ...(file === '' ? {} : { target: joinPath('/', file.startsWith('/') ? '' : cwd(draft), file) }),
    ...(env === undefined ? {} : { env }),
    required: options.flag('required'),
    mode,
    uid,
    gid
  }
}

function lastPart(path: string): string {
  return path === '' ? '' : cleanPath(path).slice(cleanPath(path).lastIndexOf('/') + 1)
}

function sourceOf(draft: StageDraft, flag: MountFlag, otherwise: StepSource): StepSource {
  if (flag.from === undefined) return otherwise
  return draft.plan.names.mountSource(flag.from, draft.plan.options.targetPlatform)
}

function targetOf(draft: StageDraft, options: MountOptions): string {
  const written = options.text('target') ?? ''
  const target = joinPath('/', written.startsWith('/') ? '' : cwd(draft), written)
  if (target !== '/') return target
  throw options.error('a mount cannot cover the whole tree', 'target=/some/path')
}

function cwd(draft: StageDraft): string {
  return draft.config.plain.workingDir ?? '/'
}
