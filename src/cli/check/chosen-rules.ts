import type { Rule } from '../../audit/lint/rule.js'
import { rules } from '../../audit/lint/rules.js'
import { nearest } from '../../base/suggest.js'
import { CliError } from '../cli-error.js'

/**
 * The rules to ask: all, or those of `only`, without those of `except`. Rules that read whole images and
 * archives are asked where they are named, or with `deep`.
 * @throws CliError `cli/bad-usage` for a name that no rule has
 */
export function chosenRules(
  only: readonly string[],
  except: readonly string[],
  deep: boolean
): readonly Rule[] {
  const names = rules.map(({ name }) => name)
  for (const name of [...only, ...except]) if (!names.includes(name)) throw unknownRule(name, names)
  const isAsked = ({ name, on }: Rule): boolean => {
    const isDeep = on === 'image' || on === 'source'
    return only.length === 0 ? deep || !isDeep : only.includes(name)
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
