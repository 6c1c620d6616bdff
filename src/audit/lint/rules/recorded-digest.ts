import type { DigestRule } from '../rule.js'

/** An image that came out otherwise than the tree says. */
export const recordedDigest: DigestRule = {
  name: 'recorded-digest',
  on: 'digest',
  level: 'error',
  summary: 'A built image whose digest is not the one in digests/',
  reason: `
\`digests/<stage>.txt\` says what everybody arrives at. Where the image that is built here, as it is defined now, is
another, either the definition was changed and \`stagex digests --write\` forgotten, or the build is not reproducible, or
one of the two builds was tampered with. \`stagex reproduce\` tells the second from the others.`,
  bad: { Containerfile: 'FROM scratch AS package\nENV COLOUR=green\n' },
  good: { Containerfile: 'FROM scratch AS package\n' },
  *check({ built, recorded }) {
    if (recorded === undefined || recorded === built) return
    yield {
      message: 'the image is not the one that is recorded',
      expected: `sha256:${recorded}`,
      found: `sha256:${built}`,
      hint: 'stagex reproduce tells whether the build is reproducible, stagex digests --write records it'
    }
  }
}
