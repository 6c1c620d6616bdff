import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BuildError } from './build-error.js'
import { enterNamespace } from './namespace/enter.js'

const script = fileURLToPath(new URL('./worker/remove-script.js', import.meta.url))

/**
 * Removes a folder with files of a build's users in it, from inside a user namespace in which they are its
 * own.
 * @throws BuildError `store/not-writable`
 */
export async function removeFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const child = await enterNamespace(script, 'own')
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
    child.send(folder)
  })
  if (status !== 0) {
    throw new BuildError('store/not-writable', 'cannot remove a folder', { where: folder })
  }
}
