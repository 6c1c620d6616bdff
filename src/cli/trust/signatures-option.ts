import { repeated } from '../option.js'

/** `--signatures <where>`, of every command that looks for signatures. */
export const signaturesOption = repeated(
  '--signatures <where>',
  'a folder, a lookaside URL, or git+URL[#branch] (default: signatures/ of the tree)'
)
