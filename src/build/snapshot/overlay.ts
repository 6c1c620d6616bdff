import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'

/** A mounted file system. */
export interface Mount {
  readonly path: string
  /** Where else something is mounted for it. */
  readonly below?: string
  readonly unmount: () => Promise<void>
}

/** Where the writable part of an overlay lies; both folders on one file system. */
export interface Writable {
  readonly upper: string
  readonly work: string
}

/** The kernel takes 500 layers (fs/overlayfs/params.h, OVL_MAX_STACK), and one page for their names. */
const mostLayers = 300

/**
 * Mounts folders over each other. Needs at least one folder below a writable part, at least two otherwise.
 * Where they are too many for one mount, the lower ones are mounted by themselves first.
 * @param place a folder of this process's own for the mount point and short names of the layers: the
 * kernel takes one page of options, too little for many full paths. It is removed at the end
 * @param lowers lowest first
 */
export async function mountOverlay(
  place: string,
  lowers: readonly string[],
  writable?: Writable
): Promise<Mount> {
  if (lowers.length <= mostLayers) return mountOnce(place, lowers, writable)
  const inner = join(place, 'below')
  mkdirSync(inner)
  const below = await mountOnce(inner, lowers.slice(0, mostLayers))
  const { path } = await mountOnce(place, [below.path, ...lowers.slice(mostLayers)], writable)
  const unmountBoth = async (): Promise<void> => {
    await unmountAll([path, below.path])
    rmSync(place, { recursive: true })
  }
  return { path, below: below.path, unmount: unmountBoth }
}

async function mountOnce(
  place: string,
  lowers: readonly string[],
  writable?: Writable
): Promise<Mount> {
  const path = join(place, 'merged')
  const links = join(place, 'links')
  mkdirSync(path)
  mkdirSync(links)
  lowers.forEach((lower, index) => {
    symlinkSync(relative(links, lower), join(links, String(index)))
  })
  const names = lowers.map((_, index) => String(index)).reverse()
  await mount(links, ['-t', 'overlay', 'overlay', '-o', options(links, names, writable), path])
  // The kernel has found the layers; their names would take memory for as long as the build goes on.
  rmSync(links, { recursive: true })
  const unmount = async (): Promise<void> => {
    await unmountAll([path])
    rmSync(place, { recursive: true })
  }
  return { path, unmount }
}

/**
 * `userxattr`: the only attributes that may be set in a user namespace. `volatile`: the folder is used only
 * if the build ends well, so nothing needs to reach the disk before. The rest keeps the upper folder a
 * plain statement of what changed, whatever the kernel's defaults are.
 */
function options(links: string, names: readonly string[], writable: Writable | undefined): string {
  const common = ['userxattr', 'index=off', 'metacopy=off', `lowerdir=${names.join(':')}`]
  if (writable === undefined) return common.join(',')
  const upper = `upperdir=${relative(links, writable.upper)}`
  const work = `workdir=${relative(links, writable.work)}`
  return ['volatile', ...common, upper, work].join(',')
}

async function mount(cwd: string, args: readonly string[]): Promise<void> {
  const finished = await run('mount', args, { cwd })
  if (finished.status === 0) return
  throw new BuildError('sandbox/mount-failed', 'cannot mount an overlay file system', {
    where: cwd,
    expected: 'overlayfs with userxattr (Linux 5.11 or later) on the store’s file system',
    found: finished.stderr.trim(),
    hint: 'run ./stagex doctor; a store on another file system: STAGEX_HOME=DIR'
  })
}

/** Unmounts file systems, in one go. */
async function unmountAll(paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await umount(paths)
}

/** Takes a file system away, with all that is mounted below it. */
export function detach(path: string): Promise<void> {
  return umount(['-l', path])
}

async function umount(args: readonly string[]): Promise<void> {
  const finished = await run('umount', args)
  if (finished.status === 0) return
  throw new BuildError('sandbox/mount-failed', 'cannot unmount a file system', {
    where: args.join(' '),
    found: finished.stderr.trim()
  })
}
