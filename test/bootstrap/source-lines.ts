import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../../src/base/order.js'
import { stage0Folder } from './steps.js'

const tccFolder = join(stage0Folder, '../tcc')

/** Tools that stage0 makes for those who come after TinyCC, and what only they are made of. */
export const laterTools = ['catm', 'chmod', 'ln', 'replace', 'rm', 'ungzip', 'unxz'] as const
const onlyLater = /^tools\/(?:catm|chmod|ln|replace|rm|ungzip|unxz|shared\/lzma2)\.[ch]$/
/** Nothing of a program comes from these: what it is called, what came out, words to readers. */
const noSource = /(?:^|\/)(?:hex0-seed|package\.toml|sources\.txt|README\.md|[\w.]*answers)$/

/** All text of ours that TinyCC is made with, from the seed on; absolute paths. */
export function sourcesUpToTinycc(): string[] {
  return [...filesOf(stage0Folder), ...filesOf(tccFolder)]
}

/** The scripts that run on the way from stage0's tools to TinyCC. */
export function scriptsUpToTinycc(): string[] {
  const check = join(stage0Folder, 'check.kaem')
  return [check, ...filesOf(tccFolder).filter((path) => path.endsWith('.kaem'))]
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .filter((path) => !noSource.test(path) && !onlyLater.test(path))
    .sort(byCodeUnit)
    .map((path) => join(folder, path))
}

/** The lines of files, those with nothing on them left out. */
export function linesOf(files: readonly string[]): number {
  const texts = files.map((file) => readFileSync(file, 'utf8').split('\n'))
  return texts.flat().filter((line) => line.trim() !== '').length
}

/** The lines of files as `wc -l` counts them. */
export function allLinesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0)
}
