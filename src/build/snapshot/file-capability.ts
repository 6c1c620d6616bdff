import { type ByteString, bytesOfText, textOfBytes } from '../../base/byte-string.js'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'

/**
 * The values of `security.capability`, in hexadecimal, by path. Node has no calls for extended attributes,
 * so the programs of the package attr read and set them; what is known to have none costs nothing.
 */
export type Capabilities = ReadonlyMap<ByteString, string>

/** Of a tree in which no file has one. */
export const noCapabilities: Capabilities = new Map()

/**
 * Looks for capabilities in a folder, links not followed.
 * @returns paths relative to the folder
 * @throws BuildError `build/unsupported` where getfattr is missing
 */
export async function findCapabilities(folder: ByteString): Promise<Capabilities> {
  const output = await attributeProgram(
    'getfattr',
    ['-R', '-P', '-h', '-d', '-e', 'hex', '-m', '^security\\.capability$', '--', '.'],
    folder
  )
  const found = new Map<ByteString, string>()
  for (const [, name = '', value = ''] of output.matchAll(/^# file: (.*)\n.*=0x([0-9a-f]*)$/gm)) {
    found.set(bytesOfText(name).replace(/\\([0-7]{3})/g, unescaped), value)
  }
  return found
}

/**
 * Gives a file the capability. To be done after its owner is set, which would clear it.
 * @throws BuildError `build/unsupported` where setfattr is missing or refuses
 */
export async function setCapability(file: ByteString, hex: string): Promise<void> {
  const args = ['-n', 'security.capability', '-v', `0x${hex}`, '--', textOfBytes(file)]
  await attributeProgram('setfattr', args, '/')
}

function unescaped(_all: string, octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8))
}

async function attributeProgram(
  program: string,
  args: readonly string[],
  folder: ByteString
): Promise<string> {
  const finished = await start(program, args, textOfBytes(folder))
  // What cannot be read (another user's folder in a build context) will be told when it is copied.
  if (finished.status === 0 || program === 'getfattr') return finished.stdout
  throw new BuildError('build/unsupported', 'cannot set a file’s capability', {
    where: args.at(-1) ?? '',
    found: finished.stderr.trim()
  })
}

async function start(program: string, args: readonly string[], cwd: string) {
  try {
    return await run(program, args, { cwd })
  } catch (cause) {
    throw new BuildError('build/unsupported', `${program} is needed for files with capabilities`, {
      expected: `${program}, of the package attr`,
      hint: 'run ./stagex doctor, which says how to install it',
      cause
    })
  }
}
