import type { Random } from './random.js'

/*
 * Three sources of hostile input: files that follow the grammar closely enough to get far, the golden
 * cases with random damage, and plain heaps of tokens.
 */

const PIECES = [
  '$A',
  '${A}',
  '${A:-',
  '${A#',
  '${A%%*',
  '${A/',
  '${A//',
  '}',
  '/',
  '"',
  "'",
  '\\',
  '\\\n',
  '`',
  ' ',
  '  ',
  '\t',
  '\r',
  '\v',
  '\n',
  '#',
  '=',
  ',',
  ':',
  '@',
  '<<E',
  '<<-"F"',
  '<< E',
  '[',
  ']',
  '["a", "b"]',
  '[1]',
  '[[',
  '--',
  '--from=',
  '--chmod=',
  '--mount=type=',
  'target=/x',
  '*',
  '**',
  '?',
  '[a-z]',
  '!',
  '..',
  '.',
  'https://x.example/y',
  'git@h:p',
  'scratch',
  'a',
  'é',
  '😀',
  '\ud800',
  '\ufeff',
  '\u0085',
  '\u2028',
  '\0',
  '0',
  '65535-1',
  '9'.repeat(40),
  'x'.repeat(300)
] as const

const KEYWORDS = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR'
] as const

const LINES = [
  'FROM scratch AS a',
  'FROM a AS b',
  'FROM --platform=$BUILDPLATFORM scratch',
  'FROM image:tag AS c',
  'ARG A=1 B C="x y"',
  'ENV A=$B B=${A:-$A} PATH=$PATH:/x',
  'ENV A old form',
  'LABEL a="b c" d=e',
  'RUN --mount=type=cache,target=/c,sharing=locked,uid=1 make',
  'RUN --mount=type=bind,from=a,source=/,target=/m,rw x',
  'RUN --mount=type=secret,id=s,env=S --mount=type=tmpfs,target=/t,size=1g x',
  'RUN <<E\ntrue\nE',
  'RUN cat <<A <<-B\na\nA\n\tb\n\tB',
  'COPY --from=a --chown=1:2 --chmod=u+x /x* /y/',
  'COPY <<E /f\n$A\nE',
  'ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 https://h/x /',
  'CMD ["a", "\\u0000"]',
  'ENTRYPOINT a b',
  'SHELL ["/bin/sh", "-c"]',
  'HEALTHCHECK --interval=1m --retries=3 CMD x',
  'EXPOSE 1-100/udp $A',
  'VOLUME ["/v"] ',
  'USER $A',
  'WORKDIR a/../b',
  'STOPSIGNAL RTMIN+1',
  'ONBUILD COPY --from=a x y',
  'ONBUILD RUN <<E\nx\nE',
  'MAINTAINER x',
  '# escape=`',
  '# syntax=docker/dockerfile:1.7',
  '# comment \\'
] as const

/** One input; `corpus` is what mutations start from. */
export function fuzzInput(random: Random, corpus: readonly [string, ...string[]]): string {
  switch (random.below(4)) {
    case 0:
      return soup(random)
    case 1:
      return grammatical(random)
    default:
      return damaged(random, corpus)
  }
}

/** A heap of tokens behind an instruction's name. */
function soup(random: Random): string {
  const line = (): string =>
    `${random.chance(6) ? '' : random.pick(KEYWORDS)} ${random.several(8, () => random.pick(PIECES))}`
  return `${random.chance(3) ? '' : 'FROM scratch\n'}${random.several(5, line, '\n')}\n`
}

function grammatical(random: Random): string {
  const line = (): string => {
    const written = random.pick(LINES)
    return random.chance(5) ? `${written} ${random.pick(PIECES)}` : written
  }
  return `FROM scratch\n${random.several(12, line, '\n')}\n`
}

function damaged(random: Random, corpus: readonly [string, ...string[]]): string {
  let text = random.pick(corpus)
  const times = 1 + random.below(4)
  for (let time = 0; time < times; time++) text = damage(random, text, corpus)
  return text
}

function damage(random: Random, text: string, corpus: readonly [string, ...string[]]): string {
  const at = random.below(text.length + 1)
  const end = Math.min(text.length, at + random.below(20))
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(end)
    case 2:
      return text.slice(0, end) + text.slice(at)
    case 3:
      return text.slice(0, at)
    case 4: {
      const other = random.pick(corpus)
      return text.slice(0, at) + other.slice(random.below(other.length + 1))
    }
    default:
      return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1)
  }
}
