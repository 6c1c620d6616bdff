import { parseContainerfile } from '../../containerfile/containerfile.js'
import { type ImageName, parseImageName } from '../../containerfile/image-reference.js'
import type { Containerfile } from '../../containerfile/instruction.js'

/** A reference to an image in a Containerfile. */
export interface FoundReference {
  /** Where it begins in the text, in code units. */
  readonly start: number
  /** As written. */
  readonly text: string
  readonly name: ImageName
  readonly line: number
}

/**
 * Finds the references to images below the scopes, in FROM, in COPY --from and in mounts of RUN; only where an
 * instruction begins, so that text in a heredoc stays what it is. References with variables are not found.
 * @param scopes `docker.io/stagex`
 * @throws ContainerfileError
 */
export function referencesIn(
  text: string,
  fileName: string,
  scopes: readonly string[]
): FoundReference[] {
  const offsets = lineOffsets(text)
  const lines = text.split('\n')
  return instructionLines(parseContainerfile(text, fileName)).flatMap((line) => {
    const found: FoundReference[] = []
    for (const match of (lines[line - 1] ?? '').matchAll(REFERENCE)) {
      const [whole, , written = ''] = match
      const name = parseImageName(written)
      if (
        written.includes('$') ||
        name === undefined ||
        !scopes.some((scope) => isBelow(name, scope))
      )
        continue
      const start = (offsets[line - 1] ?? 0) + match.index + whole.length - written.length
      found.push({ start, text: written, name, line })
    }
    return found
  })
}

/** The text with references replaced, from the last to the first so that offsets hold. */
export function replaceReferences(
  text: string,
  replacements: readonly { readonly found: FoundReference; readonly by: string }[]
): string {
  const ordered = [...replacements].sort((a, b) => b.found.start - a.found.start)
  return ordered.reduce((changed, { found: { start, text: written }, by }) => {
    return changed.slice(0, start) + by + changed.slice(start + written.length)
  }, text)
}

/** `FROM [--platform=…] image`, `--from=image`, `--mount=…,from=image`. */
const REFERENCE = /(^\s*FROM\s+(?:--\S+\s+)*|[\s,]--from=|,from=)([^\s,"']+)/gi

function instructionLines({ stages }: Containerfile): number[] {
  const positions = stages.flatMap(({ from, instructions }) => [
    from.position,
    ...instructions
      .filter(({ kind }) => kind === 'copy' || kind === 'run')
      .map(({ position }) => position)
  ])
  return [...new Set(positions.map(({ line }) => line))]
}

function isBelow({ repository }: ImageName, scope: string): boolean {
  return repository.startsWith(`${scope}/`)
}

function lineOffsets(text: string): number[] {
  const offsets = [0]
  for (const { index } of text.matchAll(/\n/g)) offsets.push(index + 1)
  return offsets
}
