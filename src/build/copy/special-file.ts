import { type ByteString, textOfBytes } from '../../base/byte-string.js'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'
import type { FileFacts } from '../snapshot/file-facts.js'

const letters = { fifo: 'p', 'character-device': 'c', 'block-device': 'b' } as const

/**
 * Makes a named pipe. Devices the kernel lets nobody make in a user namespace.
 * @throws BuildError `build/unsupported`
 */
export async function makeSpecialFile(
  file: ByteString,
  facts: Pick<FileFacts, 'type' | 'rdev'>
): Promise<void> {
  const letter = letters[facts.type as keyof typeof letters]
  const numbers = facts.type === 'fifo' ? [] : deviceNumbers(facts.rdev)
  const finished = await run('mknod', [textOfBytes(file), letter, ...numbers.map(String)])
  if (finished.status === 0) return
  throw new BuildError('build/unsupported', `cannot make a ${facts.type}`, {
    where: file,
    found: finished.stderr.trim(),
    hint: 'device files cannot be made in a build; make them where the image runs'
  })
}

/** Linux's encoding of device numbers in 64 bits (makedev(3)). */
export function deviceNumbers(rdev: number): [major: number, minor: number] {
  const device = BigInt(rdev)
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n)
  const minor = (device & 0xffn) | ((device >> 12n) & 0xffffff00n)
  return [Number(major), Number(minor)]
}
