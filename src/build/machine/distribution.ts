/** Distributions that share a package manager and the names of packages. */
export type Family = 'debian' | 'fedora' | 'arch' | 'alpine' | 'suse'

/** The Linux distribution of a machine. */
export interface Distribution {
  /** For people: `Debian GNU/Linux 12 (bookworm)`. */
  readonly name: string
  /** Undefined where no family is known to us. */
  readonly family: Family | undefined
}

const families: readonly (readonly [Family, readonly string[]])[] = [
  ['debian', ['debian', 'ubuntu']],
  ['fedora', ['fedora', 'rhel', 'centos']],
  ['arch', ['arch']],
  ['alpine', ['alpine']],
  ['suse', ['suse', 'opensuse', 'opensuse-leap', 'opensuse-tumbleweed', 'sles']]
]

/**
 * Reads os-release(5): `ID` is the distribution itself, `ID_LIKE` those that it derives from.
 * @param osRelease the file's text; undefined where there is none
 */
export function distributionOf(osRelease: string | undefined): Distribution {
  const values = assignments(osRelease ?? '')
  const ids = [values.get('ID') ?? '', ...(values.get('ID_LIKE') ?? '').split(' ')]
  return {
    name: values.get('PRETTY_NAME') ?? values.get('NAME') ?? 'an unknown distribution',
    family: families.find(([, members]) => ids.some((id) => members.includes(id)))?.[0]
  }
}

/** Assignments as a shell would read them, without expansion: `KEY=value`, `KEY="value"`, `KEY='value'`. */
function assignments(text: string): Map<string, string> {
  const pairs = new Map<string, string>()
  for (const line of text.split('\n')) {
    const match = /^([A-Z][A-Z0-9_]*)=(?:"(.*)"|'(.*)'|(.*))$/.exec(line.trim())
    const [, key, double, single, bare] = match ?? []
    if (key !== undefined) pairs.set(key, double ?? single ?? bare ?? '')
  }
  return pairs
}
