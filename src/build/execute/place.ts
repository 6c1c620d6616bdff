import type { Position } from '../../containerfile/position.js'

/** `file:line:column` of an instruction, for messages. */
export function placeOf(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`
}
