import { Option } from 'commander'
import { notAnOption } from './option.js'

/** The options that every command takes, anew each time, since commander keeps state in them. */
export function globalOptions(): Option[] {
  const root = 'the tree to work on (default: the one around this folder)'
  const home = 'where the store lies (default: $STAGEX_HOME or your data folder)'
  return [
    new Option('-C, --root <folder>', root).argParser(notAnOption),
    new Option('--home <folder>', home).argParser(notAnOption),
    new Option('--json', 'report in JSON on standard output'),
    new Option('--no-color', 'no colours')
  ]
}
