import { spawn } from 'node:child_process'
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { type ByteString, fsPath } from '../../../base/byte-string.js'
import { gunzip } from '../../../oci/gzip/decompress.js'
import { BuildError } from '../../build-error.js'

/** How a file may be compressed, told by its first bytes. */
const formats = [
  { format: 'gzip', magic: '1f8b08' },
  { format: 'bzip2', magic: '425a68' },
  { format: 'xz', magic: 'fd377a585a00' },
  { format: 'zstd', magic: '28b52ffd' }
] as const

type Compression = (typeof formats)[number]['format']

/** The most bytes that an archive may expand to. */
const largestArchive = 2 ** 40

/**
 * The content of a file, decompressed where its first bytes say that it is compressed. What comes out
 * depends on the file alone, so it is of no account which program does it: Node knows gzip, the rest is
 * done by the programs of that name.
 * @throws BuildError `build/unsupported` where the program is missing, `build/bad-archive` where it fails
 */
export function decompressed(file: ByteString): AsyncIterable<Uint8Array> {
  const compression = compressionOf(file)
  const compressed = createReadStream(fsPath(file), { highWaterMark: 1 << 18 })
  if (compression === undefined) return compressed as AsyncIterable<Buffer>
  if (compression === 'gzip') return gunzip(compressed as AsyncIterable<Buffer>, largestArchive)
  compressed.destroy()
  return byProgram(compression, file)
}

function compressionOf(file: ByteString): Compression | undefined {
  const start = Buffer.alloc(6)
  const descriptor = openSync(fsPath(file), 'r')
  try {
    readSync(descriptor, start)
  } finally {
    closeSync(descriptor)
  }
  return formats.find(({ magic }) => start.toString('hex').startsWith(magic))?.format
}

async function* byProgram(
  program: Exclude<Compression, 'gzip'>,
  file: ByteString
): AsyncGenerator<Uint8Array, void, undefined> {
  const child = spawn(program, ['-d', '-c', '-q'])
  const input = createReadStream(fsPath(file), { highWaterMark: 1 << 18 })
  pipeline(input, child.stdin, () => undefined)
  let complaint = ''
  child.stderr.on('data', (piece: Buffer) => {
    complaint = (complaint + piece.toString('utf8')).slice(-1000)
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(programMissing(program, cause))
    })
    child.once('close', resolve)
  })
  // Whoever stops reading early does not wait for the end.
  ended.catch(() => undefined)
  try {
    let size = 0
    for await (const piece of child.stdout as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > largestArchive) throw badStream(program, 'it expands without end')
      yield piece
    }
    if ((await ended) !== 0) throw badStream(program, complaint.trim())
  } finally {
    child.kill('SIGKILL')
  }
}

function programMissing(program: string, cause: Error): BuildError {
  return new BuildError('build/unsupported', `${program} is needed to unpack an archive`, {
    expected: `the program ${program} on the PATH`,
    hint: 'run ./stagex doctor, which says how to install it',
    cause
  })
}

function badStream(program: string, found: string): BuildError {
  return new BuildError('build/bad-archive', 'an archive cannot be decompressed', {
    expected: `a stream that ${program} reads`,
    found
  })
}
