import { printable } from '../../base/error.js'
import type { StepChange } from '../../build/solve/changed-inputs.js'
import type { Paint } from '../paint.js'
import type { ImageState } from './image-state.js'
import type { ImageView } from './image-view.js'

/** What a person wants to know of an image, on one page. */
export function renderView(view: ImageView, paint: Paint): string {
  const rows: [string, string | undefined][] = [
    ['licence', view.license],
    ['website', view.website],
    ['package', `${view.package} (${view.folder})`],
    ['platforms', view.platforms.length === 0 ? 'linux/amd64' : view.platforms.join(', ')],
    ['version of', view.versionFrom],
    ['state', renderState(view.state, view.image)],
    ['recorded', recordOf(view)],
    ['layout', view.layout]
  ]
  const known = rows.flatMap(([label, text]) => {
    return text === undefined ? [] : [`  ${paint.faint(label.padEnd(11))} ${printable(text)}\n`]
  })
  return [
    `${paint.strong(view.image)} ${view.version ?? ''}`.trimEnd(),
    '\n',
    view.description === undefined ? '' : `  ${printable(view.description)}\n`,
    ...known,
    ...stepLines(view, paint),
    ...sourceLines(view, paint),
    ...nameLines('built from', view.dependencies, paint),
    ...nameLines('used by', view.dependants, paint)
  ].join('')
}

function renderState(state: ImageState, image: string): string {
  if (state.kind === 'built') return `built: ${state.digest}`
  if (state.kind === 'cannot-be-built') return `cannot be built: ${state.because}`
  const others = state.begins.filter((name) => name !== image)
  const shown = others.slice(0, 5).join(', ') + (others.length > 5 ? ', …' : '')
  const why = others.length === 0 ? '' : `, nor what it is built from: a build begins with ${shown}`
  return state.kind === 'changed'
    ? `not built as it is defined now${why}; out/ has an earlier build`
    : `not built${why}`
}

function recordOf({ recorded, state }: ImageView): string | undefined {
  if (recorded === undefined || state.kind !== 'built') return recorded && `sha256:${recorded}`
  return state.digest === `sha256:${recorded}` ? 'the same digest' : `sha256:${recorded}, another`
}

const reasons: Readonly<Record<StepChange, string>> = {
  new: 'it was not there when the image was built last',
  instruction: 'it is written otherwise than when the image was built last',
  meaning: 'its arguments, environment, folder or user changed',
  contents: 'the files or the image that it reads changed',
  base: 'what its stage starts from changed',
  stage: 'a stage that it reads or starts from changed'
}

/** Nothing where every step is known; otherwise the first step of each stage that is not, and why. */
function stepLines({ steps }: ImageView, paint: Paint): string[] {
  if (steps === undefined) return []
  if (steps.kind === 'unknown') {
    return [`  ${paint.faint('steps'.padEnd(11))} not known: ${printable(steps.because)}\n`]
  }
  const left = steps.steps.filter(({ cached }) => !cached)
  if (left.length === 0) return []
  const count = `${left.length} of ${steps.steps.length} would be executed`
  const why = left.flatMap(({ stage, text, because }) => {
    if (because === undefined) return []
    const place = `[${printable(stage)}] ${printable(text.split('\n')[0] ?? '').slice(0, 100)}`
    return [`  ${' '.repeat(11)} ${place}\n`, `  ${' '.repeat(13)} ${reasons[because]}\n`]
  })
  return [`  ${paint.faint('steps'.padEnd(11))} ${count}\n`, ...why]
}

function sourceLines({ sources }: ImageView, paint: Paint): string[] {
  return sources.flatMap(({ key, file, hash, mirrors, fetched }) => [
    `  ${paint.faint('source'.padEnd(11))} ${key}: ${printable(file)}${fetched ? ' (fetched)' : ''}\n`,
    `  ${' '.repeat(11)} sha256:${hash}\n`,
    ...mirrors.map((mirror) => `  ${' '.repeat(11)} ${printable(mirror)}\n`)
  ])
}

function nameLines(
  label: string,
  { direct, all }: ImageView['dependants'],
  paint: Paint
): string[] {
  if (all.length === 0) return [`  ${paint.faint(label.padEnd(11))} nothing\n`]
  const indirect = all.length - direct.length
  const rest = indirect === 0 ? '' : paint.faint(` and through them ${indirect} more`)
  const lead = [label.padEnd(11), ...direct.slice(1).map(() => ' '.repeat(11))]
  return direct.map((name, index) => {
    const end = index === direct.length - 1 ? rest : ''
    return `  ${paint.faint(lead[index] ?? '')} ${name}${end}\n`
  })
}
