import { describe, expect, test } from 'vitest'
import { ContainerfileError } from '../../src/containerfile/containerfile-error.js'
import { planOf, resolveTarget } from './golden-case.js'
import { cpuMilliseconds } from '../world/cpu-time.js'

/** What became of a file: the code of its error, or the number of its history's entries. */
function outcome(text: string): string | number {
  try {
    return resolveTarget(planOf(text)).history.length
  } catch (error) {
    if (error instanceof ContainerfileError) return error.code.replace('containerfile/', '')
    throw error
  }
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('')
}

describe('hostile files end soon, in an error or not', () => {
  test.each([
    [
      'a variable that doubles',
      `ENV A=xxxxxxxx\n${'ENV A=$A$A\n'.repeat(60)}`,
      'expansion-too-large'
    ],
    [
      'many RUNs with many variables',
      lines(20_000, (i) => `ENV V${i}=1\nRUN x\n`),
      'expansion-too-large'
    ],
    [
      'many RUNs with many ARGs',
      lines(20_000, (i) => `ARG V${i}=1\nRUN x\n`),
      'expansion-too-large'
    ],
    ['all ports, again and again', 'EXPOSE 1-65535\n'.repeat(5000), 'expansion-too-large'],
    ['substitutions without end', `LABEL a=${'${A:-\\\n'.repeat(50_000)}\n`, 'bad-substitution'],
    ['brackets without end', `CMD ${'[[[[\\\n'.repeat(50_000)}\n`, 1],
    ['nested lists', `CMD ${'[[[\\\n'.repeat(50_000)}${']]]\\\n'.repeat(50_000)}\n`, 'bad-json'],
    [
      'twenty thousand here-documents',
      `RUN ${'<<E \\\n'.repeat(20_000)} true\n${'E\n'.repeat(20_000)}`,
      1
    ],
    ['continuations without end', `LABEL ${'a=b \\\n'.repeat(50_000)}`, 1],
    ['a line of blanks', `LABEL a=${`${' '.repeat(60_000)}\\\n`.repeat(50)}b=c\n`, 1],
    [
      'patterns that backtrack elsewhere',
      `ENV A=${'a'.repeat(50_000)}\nLABEL x=\${A%${'*a'.repeat(200)}b}\n`,
      2
    ],
    [
      'the same, many times',
      `ENV A=${'a'.repeat(50_000)}\n${`LABEL x=\${A%${'*a'.repeat(200)}b}\n`.repeat(200)}`,
      'expansion-too-large'
    ],
    ['nothing that is known', 'XYZ\n'.repeat(100_000), 'unknown-instruction']
  ])('%s', (_name, body, expected) => {
    const started = cpuMilliseconds()
    expect(outcome(`FROM scratch\n${body}`)).toBe(expected)
    expect(cpuMilliseconds() - started).toBeLessThan(20_000)
  })

  test.each([
    [
      'stages that inherit much',
      `FROM scratch AS s0\n${lines(5000, (i) => `ENV V${i}=1\n`)}${lines(5000, (i) => `FROM s${i} AS s${i + 1}\n`)}`,
      'expansion-too-large'
    ],
    [
      'triggers for many stages',
      `FROM scratch AS s\n${'ONBUILD LABEL a=b\n'.repeat(5000)}${'FROM s\n'.repeat(5000)}`,
      'expansion-too-large'
    ],
    [
      'stages in a circle',
      lines(5000, (i) => `FROM scratch AS s${i}\nCOPY --from=s${(i + 1) % 5000} a b\n`),
      'stage-cycle'
    ],
    ['very many stages', 'FROM scratch\n'.repeat(20_000), 0],
    ['a very large file', `FROM scratch\n${`#${'x'.repeat(1000)}\n`.repeat(5000)}`, 'too-large'],
    ['a line that is too long', `FROM scratch\n#${'é'.repeat(32_768)}\n`, 'too-large'],
    ['a line that is just not too long', `FROM scratch\n#${'é'.repeat(32_767)}\n`, 0]
  ])('%s', (_name, text, expected) => {
    const started = cpuMilliseconds()
    expect(outcome(text)).toBe(expected)
    expect(cpuMilliseconds() - started).toBeLessThan(20_000)
  })
})
