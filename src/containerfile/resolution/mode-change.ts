import { ContainerfileError } from '../containerfile-error.js'
import type { Word } from '../instruction.js'

const OCTAL = /^0*[0-7]{1,4}$/
const CLAUSE = /^[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+$/

/**
 * Checks the value of `--chmod`: an octal number up to 7777, or clauses as chmod(1) takes them.
 *
 * @throws {ContainerfileError} `containerfile/bad-flag`
 */
export function checkModeChange(mode: string, word: Word): void {
  if (OCTAL.test(mode) || mode.split(',').every((clause) => CLAUSE.test(clause))) return
  throw new ContainerfileError('containerfile/bad-flag', word.position, `${mode} is no mode`, {
    expected: 'an octal number up to 7777, or changes as u=rwX,go=rX',
    found: mode
  })
}
