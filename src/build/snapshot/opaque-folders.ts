import { type ByteString, bytesOfText, textOfBytes } from '../../base/byte-string.js'
import { run } from '../../base/process.js'

/**
 * Finds the folders of an overlay's upper folder that hide what lies below them: Node cannot read the
 * attribute that says so.
 * @returns paths relative to the folder; undefined where getfattr is missing
 */
export async function opaqueFolders(folder: ByteString): Promise<ByteString[] | undefined> {
  const args = ['-R', '-P', '-h', '-m', '^user\\.overlay\\.opaque$', '--', '.']
  try {
    const { stdout } = await run('getfattr', args, { cwd: textOfBytes(folder) })
    return [...stdout.matchAll(/^# file: (.*)$/gm)].map(([, name = '']) => {
      return bytesOfText(name).replace(/\\([0-7]{3})/g, unescaped)
    })
  } catch {
    return undefined
  }
}

function unescaped(_all: string, octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8))
}
