import { imageReference } from '../../../tree/image-reference.js'
import type { ReadRule } from '../rule.js'

/** A dependency that the build has no use for. */
export const unusedDependency: ReadRule = {
  name: 'unused-dependency',
  on: 'reads',
  level: 'warning',
  summary: 'A COPY of an image of which the build reads no file',
  reason: `
Every dependency is built before, and whenever it changes, this package is built again. One that nothing reads makes that
wait longer for nothing, and makes more code count as what the image was made with. Every RUN is executed once more to see
it, so that the finding holds for the build as it is, not for one with other options.

Looking up a name is not reading: a program that only asks whether a file exists is not noticed. Copies into the image
itself, and those that hold folders alone, are never reported.`,
  bad: {
    Containerfile: `FROM stagex/bootstrap-stage0 AS build
COPY --from=stagex/core-zlib . /
COPY main.M1 ./
RUN --network=none ["/usr/bin/M0", "main.M1", "main.hex2"]
FROM scratch AS package
COPY --from=build /main.hex2 /
`
  },
  good: {
    Containerfile: `FROM stagex/bootstrap-stage0 AS build
COPY main.M1 ./
RUN --network=none ["/usr/bin/M0", "main.M1", "main.hex2"]
FROM scratch AS package
COPY --from=build /main.hex2 /
`
  },
  *check(copies) {
    const read = new Set(copies.filter(({ isRead }) => isRead).map(({ line }) => line))
    const unread = new Map(copies.map(({ line, reference }) => [line, reference]))
    for (const [line, reference] of unread) {
      if (read.has(line)) continue
      yield {
        file: 'Containerfile',
        position: { line, column: 1 },
        message: 'the build reads no file of this image',
        found: imageReference(reference, line)?.text ?? reference
      }
    }
  }
}
