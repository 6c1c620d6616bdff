import type { Finding, Provision, Requirement } from './finding.js'
import type { Machine } from './machine.js'

/** The oldest Node that the program is written for. */
const oldestNode = [20, 19] as const

/** Node runs this very program, so it is there; it may still be too old for it. */
export function checkNode({ nodeVersion, nodePath }: Machine): Finding {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  const [oldestMajor, oldestMinor] = oldestNode
  const enough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
  return {
    requirement: 'node',
    purpose: 'runs stagex',
    standing: enough ? 'ok' : 'missing',
    found: enough ? nodeVersion : `${nodeVersion}, older than ${oldestNode.join('.')}`,
    path: nodePath,
    version: nodeVersion,
    ...(!enough && {
      remedy: { kind: 'advice', text: `Install Node ${oldestNode.join('.')} or newer.` }
    })
  }
}

/** npm is called when the lock file has changed, so a checkout that is set up runs without it. */
export async function checkNpm(machine: Machine): Promise<Finding> {
  const path = machine.findProgram('npm')
  const purpose = 'installs the dependencies'
  if (path === undefined) {
    const text = 'Install npm, which comes with Node or as a package of its own.'
    const remedy = { kind: 'advice', text } as const
    return { requirement: 'npm', purpose, standing: 'degraded', found: 'not found', remedy }
  }
  const version = await versionOf(machine, path)
  return { requirement: 'npm', purpose, standing: 'ok', found: version, path, version }
}

/** Busybox has programs of the same names that lack the options we call them with. */
export async function checkUtilLinux(machine: Machine): Promise<Finding> {
  const about = { requirement: 'util-linux', purpose: 'makes namespaces and mounts' } as const
  const names = ['unshare', 'mount', 'umount']
  const lacking = names.filter((name) => machine.findProgram(name) === undefined)
  if (lacking.length > 0) return absent(about, 'util-linux', `no ${lacking.join(', ')}`)
  const path = machine.findProgram('unshare') ?? ''
  const version = await versionOf(machine, path)
  if (version === unknownVersion) return absent(about, 'util-linux', `${path} is another program`)
  return { ...about, standing: 'ok', found: version, path, version }
}

/** Root maps ids without help; everybody else needs the set-uid programs of shadow. */
export function checkIdMapping(machine: Machine): Finding {
  const about = { requirement: 'id-mapping', purpose: 'maps subordinate ids' } as const
  if (machine.uid === 0) return { ...about, standing: 'ok', found: 'not needed by root' }
  const names = ['newuidmap', 'newgidmap']
  const lacking = names.filter((name) => machine.findProgram(name) === undefined)
  if (lacking.length > 0) return absent(about, 'id-mapping', `no ${lacking.join(', ')}`)
  const path = machine.findProgram('newuidmap') ?? ''
  return { ...about, standing: 'ok', found: names.join(', '), path }
}

/** crun, else runc, as the builder chooses. */
export async function checkRuntime(machine: Machine): Promise<Finding> {
  const about = { requirement: 'runtime', purpose: 'runs build steps' } as const
  for (const name of ['crun', 'runc']) {
    const path = machine.findProgram(name)
    if (path === undefined) continue
    const version = await versionOf(machine, path)
    if (version === unknownVersion) continue
    return { ...about, standing: 'ok', found: `${name} ${version}`, path, version }
  }
  return absent(about, 'runtime', 'no crun, no runc')
}

const unknownVersion = 'version unknown'

/** The first thing in a program's `--version` that looks like one. */
async function versionOf(machine: Machine, path: string): Promise<string> {
  try {
    const { status, stdout } = await machine.run(path, ['--version'])
    const version = /\d+(?:\.\d+)+\S*/.exec(stdout)?.[0]
    return status === 0 && version !== undefined ? version : unknownVersion
  } catch {
    return unknownVersion
  }
}

function absent(
  about: { readonly requirement: Requirement; readonly purpose: string },
  provision: Provision,
  found: string
): Finding {
  return { ...about, standing: 'missing', found, remedy: { kind: 'package', provision } }
}
