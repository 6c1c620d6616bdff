import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stage0Folder } from './steps.js'

/** The programs that stage0 says it makes, each with the SHA-256 it says it has. */
export function readAnswers(): Map<string, string> {
  const lines = readFileSync(join(stage0Folder, 'answers'), 'latin1').trimEnd().split('\n')
  return new Map(
    lines.map((line) => {
      const match = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line)
      if (match?.[1] === undefined || match[2] === undefined) throw new Error(`answers: ${line}`)
      return [match[2], match[1]]
    })
  )
}

/** The SHA-256 of a file, in hexadecimal. */
export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
