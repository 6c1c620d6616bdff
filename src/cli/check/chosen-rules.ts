import type { Rule } from '../../audit/lint/rule.js'
import { rules } from '../../audit/lint/rules.js'
import { nearest } from '../../base/suggest.js'
import { CliError } from '../cli-error.js'

/**
 * The rules to ask: all, or those of `only`, without those of `except`. Rules that read whole images and
 * archives are asked where they are named, or with `deep`; those that need a build, with `watch`.
 * @throws CliError `cli/bad-usage` for a name that no rule has
 */
export function chosenRules(
  only: readonly string[],
  except: readonly string[],
  { deep, watch }: { readonly deep: boolean; readonly watch: boolean }
): readonly Rule[] {
  const names = rules.map(({ name }) => name)
  for (const name of [...only, ...except]) if (!names.includes(name)) throw unknownRule(name, names)
  const isAsked = ({ name, on }: Rule): boolean => {
    if (only.length > 0) return only.includes(name)
    return on === 'reads' ? watch : deep || (on !== 'image' && on !== 'source')
  }
  return rules.filter((rule) => isAsked(rule) && !except.includes(rule.name))
}

function unknownRule(name: string, names: readonly string[]): CliError {
  const near = nearest(name, names)
  return new CliError('cli/bad-usage', 'there is no such rule', {
    kind: 'usage',
    found: name,
    hint: near === undefined ? '`stagex check --rules` lists all' : `did you mean \`${near}\`?`
  })
}
