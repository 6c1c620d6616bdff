import { BuildError } from '../build-error.js'

/**
 * What `--chmod` does to a mode: octal digits replace it.
 * @throws BuildError `build/unsupported` for anything else
 */
export function modeChange(text: string): (mode: number, isDirectory: boolean) => number {
  if (!/^[0-7]{1,5}$/.test(text)) {
    throw new BuildError('build/unsupported', 'cannot read a --chmod', {
      expected: 'octal digits, such as 0755',
      found: text
    })
  }
  const mode = Number.parseInt(text, 8) & 0o7777
  return () => mode
}
