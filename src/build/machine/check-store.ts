import { rmdirSync } from 'node:fs'
import type { Finding } from './finding.js'
import type { Machine } from './machine.js'
import { probeBesideStore } from './probe-folder.js'

/** All that is built is kept in the store, so that a build begins by writing to it. */
export function checkStore(machine: Machine): Finding {
  const about = { requirement: 'store', purpose: 'keeps what was built' } as const
  const { home } = machine
  const probe = probeBesideStore(machine)
  if ('folder' in probe) {
    rmdirSync(probe.folder)
    return { ...about, standing: 'ok', found: `${home} can be written` }
  }
  const text = 'Put the store into a folder that you can write to: --home <folder> or STAGEX_HOME.'
  const remedy = { kind: 'advice', text } as const
  const found = `${home} cannot be written (${probe.refusal})`
  return { ...about, standing: 'missing', found, remedy }
}
