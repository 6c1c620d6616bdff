/** Nesting beyond this is no payload of ours; the scan is told to stop before the parser's stack has to. */
const DEEPEST = 20

/**
 * The first name that stands twice in one object of a JSON text that `JSON.parse` accepted, or `undefined`.
 * Readers differ in which of the two they believe, so that one text would tell two things.
 * @throws RangeError where it is nested too deeply
 */
export function duplicateMember(json: string): string | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g
  const open: (Set<string> | undefined)[] = []
  let name: string | undefined
  for (const [text] of json.matchAll(token)) {
    if (text === '{' || text === '[') {
      open.push(text === '{' ? new Set() : undefined)
      if (open.length > DEEPEST) throw new RangeError('nested too deeply')
    } else if (text === '}' || text === ']') open.pop()
    else if (text === ':' && name !== undefined) {
      const names = open.at(-1)
      if (names?.has(name) === true) return name
      names?.add(name)
    }
    name = text.startsWith('"') ? (JSON.parse(text) as string) : undefined
  }
  return undefined
}
