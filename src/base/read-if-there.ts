import { readFileSync } from 'node:fs'

/**
 * The text of a file; undefined where no file has that name.
 * @throws what the system says, where there is one that cannot be read
 */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
