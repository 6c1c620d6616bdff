/** A place in a file. `line` and `column` count from 1; a column is a UTF-16 code unit, as in editors. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** `file:line:column`, as compilers write it and terminals link it. */
export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`
}
