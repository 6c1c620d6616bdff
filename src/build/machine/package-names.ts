import type { Distribution, Family } from './distribution.js'
import type { Provision } from './finding.js'

const installers: Readonly<Record<Family, string>> = {
  debian: 'apt-get install -y',
  fedora: 'dnf install -y',
  arch: 'pacman -S --needed --noconfirm',
  alpine: 'apk add',
  suse: 'zypper --non-interactive install'
}

const packageNames: Readonly<Record<Provision, Readonly<Record<Family, string>>>> = {
  'util-linux': {
    debian: 'util-linux',
    fedora: 'util-linux',
    arch: 'util-linux',
    alpine: 'util-linux',
    suse: 'util-linux'
  },
  'id-mapping': {
    debian: 'uidmap',
    fedora: 'shadow-utils',
    arch: 'shadow',
    alpine: 'shadow-subids',
    suse: 'shadow'
  },
  // Red Hat's newer releases have crun alone.
  runtime: { debian: 'crun', fedora: 'crun', arch: 'crun', alpine: 'crun', suse: 'crun' }
}

/** The packages that bring `provisions` to a family of distributions. */
export function packagesFor(family: Family, provisions: readonly Provision[]): string[] {
  return provisions.map((provision) => packageNames[provision][family])
}

/** The command, to be run as root, that installs `packages`; undefined where the family is not known. */
export function installCommand(
  { family }: Distribution,
  packages: readonly string[]
): string | undefined {
  return family === undefined ? undefined : `${installers[family]} ${packages.join(' ')}`
}
