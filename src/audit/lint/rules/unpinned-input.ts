import { ContainerfileError } from '../../../containerfile/containerfile-error.js'
import type { CopyInstruction, StageInstruction } from '../../../containerfile/instruction.js'
import { remoteSource } from '../../../containerfile/resolution/remote-source.js'
import type { PackageSubject } from '../package-subject.js'
import type { PackageRule, Remark } from '../rule.js'

/** Something from outside that no digest pins. */
export const unpinnedInput: PackageRule = {
  name: 'unpinned-input',
  on: 'package',
  level: 'error',
  summary: 'An image from outside the tree, or an address that ADD fetches, without a digest',
  reason: `
What a tag or an address stands for today may be something else tomorrow, and then so is the image. Images of the tree
itself (\`stagex/…\`) need no digest: they are built from the same commit. For everything else, write the digest down, or
better, declare the file as a source of the package.`,
  bad: {
    Containerfile: `FROM debian:trixie AS build
ADD https://example.org/data /data
FROM scratch AS package
COPY --from=build /data /
`
  },
  good: {
    Containerfile: `FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS build
FROM scratch AS package
COPY --from=build /data /
`
  },
  *check(subject) {
    yield* images(subject)
    for (const instruction of subject.containerfile.stages.flatMap((each) => each.instructions)) {
      if (isAdd(instruction)) yield* addresses(instruction)
    }
  }
}

function* images(subject: PackageSubject): Iterable<Remark> {
  for (const { image, digest, text, line } of subject.package.stages.flatMap((s) => s.images)) {
    if (image !== undefined || digest !== undefined) continue
    yield {
      file: 'Containerfile',
      position: { line, column: 1 },
      message: 'an image from outside the tree is named without its digest',
      expected: 'a package of the tree, or <image>@sha256:<hex>',
      found: text
    }
  }
}

function isAdd(instruction: StageInstruction): instruction is CopyInstruction {
  return instruction.kind === 'add'
}

/** The builder refuses these, too; here they are found before anything is built. */
function* addresses(instruction: CopyInstruction): Iterable<Remark> {
  try {
    remoteSource(instruction, instruction.sources, instruction.checksum?.text)
  } catch (error) {
    if (!(error instanceof ContainerfileError)) throw error
    if (error.code !== 'containerfile/not-hermetic') return
    yield {
      file: 'Containerfile',
      position: error.position,
      message: 'ADD fetches what no digest pins',
      ...(error.expected === undefined ? {} : { expected: error.expected }),
      ...(error.found === undefined ? {} : { found: error.found }),
      ...(error.hint === undefined ? {} : { hint: error.hint })
    }
  }
}
