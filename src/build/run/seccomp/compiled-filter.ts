import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Digest, sha256 } from '../../../oci/digest.js'
import { readRecord, writeRecord } from '../../store/record.js'
import type { Session } from '../../store/session.js'
import type { Store } from '../../store/store.js'
import { nextInMemory } from '../memory-folder.js'
import { seccompProfile } from './profile.js'

/** What a runtime configuration says beside the profile, about the program made of it. */
export interface FilterConfig {
  readonly annotations?: Readonly<Record<string, string>>
  readonly hooks?: Readonly<Record<string, readonly RuntimeHook[]>>
}

/** A program that the runtime starts (runtime-spec, config, "POSIX-platform Hooks"). */
interface RuntimeHook {
  readonly path: string
  readonly args: readonly string[]
}

/** The filter program that crun makes of the seccomp profile, as far as it is known. */
export interface CompiledFilter {
  readonly config: FilterConfig
  /** To be called after the sandbox ended: keeps the program that crun made. */
  readonly keep: () => void
}

/**
 * crun takes two thirds of its time to make a filter program (BPF, seccomp(2)) of the profile, so the one of the
 * first sandbox is kept and handed to the later ones. The profile is always handed over too: a runtime that does
 * not know the annotation goes by it.
 * @param program crun's file
 * @param state where crun keeps the state of the sandbox `name`
 */
export function compiledFilter(
  store: Store,
  session: Session,
  program: string,
  state: string,
  name: string
): CompiledFilter {
  const key = filterKey(program)
  const known = readRecord(store, 'seccomp-filter', key) as FilterRecord | undefined
  if (known !== undefined) {
    const annotations = { 'run.oci.seccomp_bpf_data': known.program }
    return { config: { annotations }, keep: () => undefined }
  }
  const copy = nextInMemory(session, 'seccomp-filter')
  const args = ['sh', '-c', copyScript, 'sh', join(state, name, 'seccomp.bpf'), copy]
  // When the sandbox runs, the program is complete; it is removed when the sandbox has ended.
  const hooks = { poststart: existsSync(shell) ? [{ path: shell, args }] : [] }
  return {
    config: { hooks },
    keep: () => {
      const made = readFilter(copy)
      if (made !== undefined) writeRecord(store, session, 'seccomp-filter', key, made)
    }
  }
}

interface FilterRecord {
  /** In base64. */
  readonly program: string
}

/** Another crun or another profile makes another program. */
function filterKey(program: string): Digest {
  const { size, mtimeMs } = statSync(program)
  const maker = [program, size, mtimeMs]
  return sha256(JSON.stringify(['stagex seccomp filter 2', maker, seccompProfile()]))
}

/** A hook is started by its whole path. Where it is not, every sandbox starts as slowly as the first. */
const shell = '/bin/sh'

/**
 * A hook is sent the state of the sandbox; one that ends before it has read all would fail the sandbox. A part of
 * a filter is no filter: the name appears when all of it is there.
 */
const copyScript = 'cat >/dev/null; cp "$1" "$2.part" && mv "$2.part" "$2"'

/** Eight bytes an instruction; at most 4096 of them (BPF_MAXINSNS). */
const instructionSize = 8
const mostInstructions = 4096

function readFilter(file: string): FilterRecord | undefined {
  try {
    const content = readFileSync(file)
    const count = content.length / instructionSize
    const whole = Number.isInteger(count) && count > 0 && count <= mostInstructions
    return whole ? { program: content.toString('base64') } : undefined
  } catch {
    return undefined
  }
}
