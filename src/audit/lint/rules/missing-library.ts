import { type ByteString, textOfBytes } from '../../../base/byte-string.js'
import type { ElfFacts } from '../../elf/read-elf.js'
import { type ImageSubject, knownContents } from '../image-subject.js'
import type { ImageRule } from '../rule.js'

/** A program that cannot start, since a library is nowhere. */
export const missingLibrary: ImageRule = {
  name: 'missing-library',
  on: 'image',
  level: 'warning',
  summary: 'A shared library, or its loader, that neither the image nor what it is built from has',
  reason: `
A dynamic program names the libraries that it needs (DT_NEEDED) and the loader that finds them (PT_INTERP). Where one of
them is neither in the image nor in any image that it is built from, nothing of the tree can provide it, and the program
does not start. Link statically, or build from the package that has the library. Names are compared, not folders: an
image that is combined with another brings its own.`,
  bad: {
    Containerfile: `FROM stagex/pallet-gcc AS build
COPY main.c .
RUN --network=none ["gcc", "-o", "/main", "main.c", "-L/opt/private", "-lprivate"]
FROM scratch AS package
COPY --from=build /main /usr/bin/main
`
  },
  good: {
    Containerfile: `FROM stagex/pallet-gcc AS build
COPY main.c .
RUN --network=none ["gcc", "-static", "-o", "/main", "main.c", "-L/opt/private", "-lprivate"]
FROM scratch AS package
COPY --from=build /main /usr/bin/main
`
  },
  *check(subject) {
    const own = new Set([...subject.files.keys()].map(nameOf))
    for (const { file, facts } of knownContents(subject)) {
      for (const name of missingNames(facts.elf, own, subject)) {
        yield {
          path: `/${textOfBytes(file.path)}`,
          message: `programs that need \`${textOfBytes(name)}\``
        }
      }
    }
  }
}

function missingNames(
  elf: ElfFacts | undefined,
  own: ReadonlySet<ByteString>,
  { companions }: ImageSubject
): ByteString[] {
  if (elf === undefined || elf.kind === 'object') return []
  const loader = elf.interpreter === undefined ? [] : [elf.interpreter]
  const names = [...elf.needed, ...loader].map(nameOf)
  // musl's loader is its libc, whatever a program calls that.
  const isMusl = names.some((name) => name.startsWith('ld-musl-'))
  return names.filter((name) => {
    return !own.has(name) && !companions.has(name) && !(isMusl && name === 'libc.so')
  })
}

function nameOf(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf('/') + 1)
}
