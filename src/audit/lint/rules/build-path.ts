import { textOfBytes } from '../../../base/byte-string.js'
import { knownContents } from '../image-subject.js'
import type { ImageRule } from '../rule.js'

/** A trace of the place where a file was made. */
export const buildPath: ImageRule = {
  name: 'build-path',
  on: 'image',
  level: 'warning',
  summary: 'A file with a path of the build, or the builder’s host name, in it',
  reason: `
A path below a WORKDIR that exists in the build alone leads nowhere in the image. It gets there with debug information,
\`__FILE__\`, recorded compiler options or a library path that was never changed, and then the bytes depend on where
somebody chose to build. Compilers have an option for it (\`-ffile-prefix-map\`, \`-trimpath\`); scripts and .pc files
want a prefix.`,
  bad: {
    Containerfile: `FROM scratch AS build
WORKDIR /example-1.2
COPY <<settings ./settings
plugins = /example-1.2/plugins
settings

FROM scratch AS package
COPY --from=build /example-1.2/settings /etc/settings
`
  },
  good: {
    Containerfile: `FROM scratch AS build
WORKDIR /example-1.2
COPY <<settings ./settings
plugins = /usr/lib/example/plugins
settings

FROM scratch AS package
COPY --from=build /example-1.2/settings /etc/settings
`
  },
  *check(subject) {
    for (const { file, facts } of knownContents(subject)) {
      for (const text of facts.mentions) {
        yield {
          path: `/${textOfBytes(file.path)}`,
          message: `files that name \`${textOfBytes(text)}\``
        }
      }
    }
  }
}
