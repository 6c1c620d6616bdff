import { BuildError } from '../build-error.js'

/** What `--chmod` asks for. */
export interface ModeChange {
  /** The mode of a copied file or folder. */
  readonly apply: (mode: number, isDirectory: boolean) => number
  /** What folders that have to be made on the way are made with, before the umask. */
  readonly forNewFolders: number
}

/**
 * Reads the value of `--chmod`: octal digits replace all bits, symbolic clauses (`u=rwX,go-w`) change them
 * as in BSD's setmode(3) without a umask: docs/format.md, "COPY and ADD".
 * @throws BuildError `build/copy-failed`
 */
export function modeChange(text: string): ModeChange {
  if (/^[0-7]+$/.test(text)) {
    const mode = Number.parseInt(text, 8) & 0o7777
    return { apply: () => mode, forNewFolders: mode & 0o777 }
  }
  const changes = text.split(',').flatMap(clauseChanges)
  return {
    apply: (mode, isDirectory) =>
      changes.reduce((now, change) => change(now, mode, isDirectory), mode),
    forNewFolders: 0o755
  }
}

/** @param original the mode before the first change, which alone counts for `X` */
type Change = (mode: number, original: number, isDirectory: boolean) => number

const permissionBits: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 }
const whoBits: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o007, a: 0o6777 }
const sticky = 0o1000
const setIds = 0o6000

/** One clause: whom it is about, then one or more operators with permissions each. */
function clauseChanges(clause: string): Change[] {
  const [, letters = '', actions] = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause) ?? []
  if (actions === undefined) throw notAMode(clause)
  const who = letters.split('').reduce((bits, letter) => bits | (whoBits[letter] ?? 0), 0)
  const parts = actions.match(/[-+=][^-+=]*/g) ?? []
  return parts.map((part) => actionChange(part.charAt(0), part.slice(1), who))
}

function actionChange(operator: string, permissions: string, who: number): Change {
  // Set-ids and the sticky bit are nothing for "other" alone.
  const special = who === 0 || (who & ~0o007) !== 0
  const withSticky = special && permissions.includes('t') ? sticky : 0
  const copied = /^[ugo]$/.test(permissions)
  // Copying the permissions of others (`g=u`) leaves set-ids alone.
  const affected = ((who === 0 ? 0o6777 : who) | withSticky) & (copied ? 0o777 : 0o7777)
  return (mode, original, isDirectory) => {
    const named = permissions.split('').reduce((bits, letter) => {
      return bits | letterBits(letter, mode, original, isDirectory)
    }, 0)
    const bits = (special ? named : named & 0o777) & affected
    if (operator === '+') return mode | bits
    if (operator === '-') return mode & ~bits
    return (mode & ~affected) | bits
  }
}

function letterBits(letter: string, mode: number, original: number, isDirectory: boolean): number {
  if (letter === 'X') return isDirectory || (original & 0o111) !== 0 ? 0o111 : 0
  if (letter === 's') return setIds
  if (letter === 't') return sticky
  if (letter === 'u') return ((mode >> 6) & 7) * 0o111
  if (letter === 'g') return ((mode >> 3) & 7) * 0o111
  if (letter === 'o') return (mode & 7) * 0o111
  return permissionBits[letter] ?? 0
}

function notAMode(found: string): BuildError {
  return new BuildError('build/copy-failed', 'cannot read a --chmod', {
    expected: 'octal digits, such as 0755, or clauses, such as u=rwX,go=rX',
    found
  })
}
