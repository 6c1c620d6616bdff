import {
  chmodSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'

/** Something that a step does; what cannot be done is passed over. */
export type Action =
  | { readonly do: 'folder' | 'remove'; readonly path: string }
  | { readonly do: 'write'; readonly path: string; readonly text: string; readonly time: number }
  | { readonly do: 'rename' | 'symlink' | 'link'; readonly path: string; readonly to: string }
  | { readonly do: 'mode'; readonly path: string; readonly mode: number }

/** Does what the action says, if it can be done. */
export function attempt(root: string, action: Action): void {
  const path = join(root, action.path)
  try {
    if (action.do === 'write') writeAt(path, action)
    else if (action.do === 'remove') rmSync(path, { recursive: true })
    else if (action.do === 'rename') renameSync(path, join(root, action.to))
    else if (action.do === 'symlink') symlinkSync(action.to, path)
    else if (action.do === 'link') linkSync(path, join(root, action.to))
    else if (action.do === 'mode') chmodSync(path, action.mode)
    else mkdirSync(path, { recursive: true })
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
  }
}

function writeAt(
  path: string,
  { text, time }: { readonly text: string; readonly time: number }
): void {
  writeFileSync(path, text)
  lutimesSync(path, time, time)
}
