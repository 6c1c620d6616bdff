import { printable } from '../../base/error.js'
import type { VersionState } from '../../upkeep/outdated/find-outdated.js'
import type { Paint } from '../paint.js'

/** Newer versions, what is not known, and a line on the whole. */
export function renderOutdated(states: readonly VersionState[], paint: Paint): string {
  const outdated = states.filter(({ newest }) => newest !== undefined)
  const unknown = states.filter(({ because }) => because !== undefined)
  const width = [...outdated, ...unknown].reduce((most, each) => {
    return Math.max(most, labelOf(each).length)
  }, 0)
  const lines = [
    ...outdated.map((state) => {
      const { version, newest = '', where = '' } = state
      const change = `${version} → ${paint.good(newest)}`
      return `${labelOf(state).padEnd(width)}  ${change}  ${paint.faint(printable(where))}`
    }),
    ...unknown.map((state) => {
      const why = paint.faint(`? ${printable(state.because ?? '')}`)
      return `${labelOf(state).padEnd(width)}  ${state.version}  ${why}`
    }),
    `${outdated.length} outdated, ${states.length - outdated.length - unknown.length} current, ${unknown.length} not known`
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function labelOf({ package: name, source }: VersionState): string {
  return source === undefined ? name : `${name} (${source})`
}
