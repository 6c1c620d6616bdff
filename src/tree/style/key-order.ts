/** The order of the keys of `[package]`: what it is, then what it is about, then how it is built. */
export const PACKAGE_ORDER = [
  'name',
  'version',
  'version_from',
  'description',
  'license',
  'website',
  'subpackages',
  'platforms',
  'release_monitoring_id'
] as const

/** The order of the keys of `[sources.<key>]`: which file, then where it is. */
export const SOURCE_ORDER = ['version', 'git_sha', 'hash', 'format', 'file', 'mirrors'] as const

/** The order of tables; keys before the first header come first. */
const TABLE_ORDER = ['package', 'sources'] as const

/** Where a key of the table stands; unknown ones after all others. */
export function keyRank(table: readonly (string | number)[], key: string): number {
  const order = orderOf(table)
  const place = order.indexOf(key)
  return place < 0 ? order.length : place
}

/** Where a table stands; unknown ones after all others. */
export function tableRank(table: readonly (string | number)[]): number {
  const place = TABLE_ORDER.findIndex((name) => name === table[0])
  return place < 0 ? TABLE_ORDER.length : place
}

function orderOf([first, ...rest]: readonly (string | number)[]): readonly string[] {
  if (first === 'package' && rest.length === 0) return PACKAGE_ORDER
  return first === 'sources' && rest.length === 1 ? SOURCE_ORDER : []
}
