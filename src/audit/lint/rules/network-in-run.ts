import { ContainerfileError } from '../../../containerfile/containerfile-error.js'
import { parseTrigger } from '../../../containerfile/containerfile.js'
import type {
  OnbuildInstruction,
  RunInstruction,
  StageInstruction
} from '../../../containerfile/instruction.js'
import type { PackageRule } from '../rule.js'

/** A RUN that may reach the network. */
export const networkInRun: PackageRule = {
  name: 'network-in-run',
  on: 'package',
  level: 'error',
  summary: 'RUN without --network=none',
  reason: `
What a step gets from a network is declared nowhere, verified by nobody, and gone one day. A build that has all its
inputs needs none: declare what is fetched as a source, and say \`--network=none\`, so that every builder refuses the
rest.`,
  bad: {
    Containerfile: `FROM stagex/core-busybox AS build
RUN wget https://example.org/data
FROM scratch AS package
COPY --from=build /data /
`
  },
  good: {
    Containerfile: `FROM stagex/core-busybox AS build
COPY data.txt make-data /
RUN --network=none ["sh", "/make-data"]
FROM scratch AS package
COPY --from=build /data /
`
  },
  *check({ containerfile }) {
    for (const instruction of containerfile.stages.flatMap((stage) => stage.instructions)) {
      const run = runOf(instruction)
      if (run === undefined || run.network === 'none') continue
      yield {
        file: 'Containerfile',
        position: instruction.position,
        message: 'this RUN may use the network',
        expected: 'RUN --network=none',
        found: run.network === 'host' ? '--network=host' : 'no --network=none'
      }
    }
  }
}

/** ONBUILD leaves a RUN to the stages that are built on this one. */
function runOf(instruction: StageInstruction): RunInstruction | undefined {
  if (instruction.kind === 'run') return instruction
  if (instruction.kind !== 'onbuild') return undefined
  const trigger = parsed(instruction)
  return trigger?.kind === 'run' ? trigger : undefined
}

/** A trigger is read with a backslash as escape character, whatever its own file says. */
function parsed({ trigger, position }: OnbuildInstruction): StageInstruction | undefined {
  try {
    return parseTrigger(trigger, position)
  } catch (error) {
    if (error instanceof ContainerfileError) return undefined
    throw error
  }
}
