import { ContainerfileError } from '../containerfile-error.js'
import { type Span, spanPosition } from './logical-line.js'
import { skipSpace } from './white-space.js'

/**
 * The strings of a JSON array (the exec form); undefined when the text is no JSON array at all and so is
 * in shell form.
 *
 * @throws {ContainerfileError} `containerfile/bad-json` for an array of anything but strings
 */
export function jsonStrings(span: Span): string[] | undefined {
  const start = skipSpace(span.text, 0)
  if (span.text[start] !== '[') return undefined
  const value = parseOrUndefined(span.text.slice(start))
  if (!Array.isArray(value)) return undefined
  return value.map((element: unknown) => {
    if (typeof element === 'string') return withoutLoneSurrogates(element)
    throw new ContainerfileError(
      'containerfile/bad-json',
      spanPosition(span, start),
      'the JSON form takes strings only',
      { expected: '["string", …]', found: element === null ? 'null' : `a ${typeof element}` }
    )
  })
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Half a surrogate pair (`\ud800` in JSON) cannot be written as UTF-8; Go puts U+FFFD in its place. */
function withoutLoneSurrogates(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}
