import type { WatchedCopy } from '../../build/image/dependency-use.js'
import type { Gathered } from './gathered.js'
import type { ReadRule, Rule } from './rule.js'

/**
 * Asks the rules about what builds have read.
 * @param copies by the full names of packages
 */
export function inspectCopies(
  copies: ReadonlyMap<string, readonly WatchedCopy[]>,
  rules: readonly Rule[],
  gathered: Gathered
): void {
  for (const rule of rules.filter((each): each is ReadRule => each.on === 'reads')) {
    for (const [name, all] of copies) {
      const folder = `packages/${name.replace('-', '/')}`
      for (const remark of rule.check(all)) {
        const file = `${folder}/${remark.file}`
        gathered.add({ ...remark, rule: rule.name, level: rule.level, package: name, file })
      }
      gathered.setAsked(name, rule)
    }
  }
}
