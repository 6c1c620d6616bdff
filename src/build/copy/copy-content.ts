import { closeSync, constants, copyFileSync, openSync, readSync } from 'node:fs'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { FileFacts } from '../snapshot/file-facts.js'
import { SparseWriter } from './sparse-writer.js'

const pieceSize = 1 << 18

/**
 * Copies a file's content to a new file: shared with the source where the file system can, and with its
 * holes where it has any.
 */
export function copyContent(source: ByteString, target: ByteString, facts: FileFacts): void {
  if (!facts.sparse) {
    copyFileSync(
      fsPath(source),
      fsPath(target),
      constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL
    )
    return
  }
  const from = openSync(fsPath(source), 'r')
  const to = openSync(fsPath(target), 'wx')
  try {
    copyPieces(from, new SparseWriter(to))
  } finally {
    closeSync(from)
    closeSync(to)
  }
}

function copyPieces(from: number, writer: SparseWriter): void {
  const buffer = Buffer.allocUnsafe(pieceSize)
  for (;;) {
    const count = readSync(from, buffer)
    if (count === 0) break
    writer.write(buffer.subarray(0, count))
  }
  writer.end()
}
