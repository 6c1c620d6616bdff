import type { ContentKind } from './content.js'
import type { ContextItem, EngineCase } from './engine-case.js'

const deep = 'directory-of-thirty-two-letters-/'.repeat(4)
const kinds: readonly ContentKind[] = ['zeros', 'noise', 'text', 'records', 'mixed']
const sizes = [0, 1, 511, 512, 513, 32767, 32768, 65274, 65535, 65536, 100_001]

/** What is recorded from the reference engine; each case is there for what its name says. */
export const engineCases: readonly EngineCase[] = [
  { name: 'nothing-but-a-config', containerfile: 'FROM scratch\nENV A=b\n' },
  { name: 'empty-layers', containerfile: 'FROM scratch\nWORKDIR /\nWORKDIR /a/b\nWORKDIR /a/b\n' },
  {
    name: 'every-kind-and-size',
    containerfile: 'FROM scratch\nCOPY . /data/\n',
    context: kinds.flatMap((kind) =>
      sizes.map((size): ContextItem => ({ path: `${kind}/${size}`, content: { kind, size } }))
    )
  },
  {
    name: 'modes-and-times',
    containerfile: 'FROM scratch\nCOPY tree /tree\n',
    context: [
      { path: 'tree/plain', content: { kind: 'text', size: 10 }, mode: 0o600, mtime: 0 },
      { path: 'tree/program', content: { kind: 'records', size: 5000 }, mode: 0o755, mtime: 1 },
      { path: 'tree/set-ids', content: { kind: 'text', size: 3 }, mode: 0o6755, mtime: 2 },
      { path: 'tree/sticky', mode: 0o1777, mtime: 4_000_000_000 },
      { path: 'tree/before', content: { kind: 'text', size: 7 }, mtime: -1 },
      { path: 'tree/long-before', content: { kind: 'text', size: 7 }, mtime: -86_400 }
    ]
  },
  {
    name: 'links',
    containerfile: 'FROM scratch\nCOPY tree /\n',
    context: [
      { path: 'tree/a-first', content: { kind: 'text', size: 3000 } },
      { path: 'tree/b/second', hardlink: 'tree/a-first' },
      { path: 'tree/c', hardlink: 'tree/a-first' },
      { path: 'tree/soft', symlink: 'a-first' },
      { path: 'tree/dangling', symlink: '/nowhere/at/all' },
      { path: 'tree/long', symlink: `${'x'.repeat(40)}/`.repeat(5) },
      { path: 'tree/r\u00e9sum\u00e9', symlink: 'caf\u00e9' }
    ]
  },
  {
    name: 'long-names',
    containerfile: 'FROM scratch\nCOPY tree /\n',
    context: [
      { path: `tree/${'n'.repeat(100)}`, content: { kind: 'text', size: 1 } },
      { path: `tree/${'n'.repeat(101)}`, content: { kind: 'text', size: 2 } },
      { path: `tree/${'n'.repeat(255)}`, content: { kind: 'text', size: 3 } },
      { path: `tree/${'d'.repeat(99)}/file`, content: { kind: 'text', size: 4 } },
      { path: `tree/${'d'.repeat(100)}/file`, content: { kind: 'text', size: 5 } },
      { path: `tree/${'d'.repeat(154)}/file`, content: { kind: 'text', size: 6 } },
      { path: `tree/${'d'.repeat(155)}/file`, content: { kind: 'text', size: 7 } },
      { path: `tree/${'d'.repeat(156)}/file`, content: { kind: 'text', size: 8 } },
      { path: `tree/${deep}${'f'.repeat(100)}`, content: { kind: 'text', size: 9 } },
      { path: `tree/${deep}${deep}end`, content: { kind: 'text', size: 10 } },
      { path: `tree/${deep}old`, content: { kind: 'text', size: 10 }, mtime: -5 }
    ]
  },
  {
    name: 'names-beyond-ascii',
    containerfile: 'FROM scratch\nCOPY tree /\n',
    context: [
      { path: 'tree/caf\u00e9', content: { kind: 'text', size: 100 } },
      {
        path: 'tree/\u65e5\u672c\u8a9e/\u30d5\u30a1\u30a4\u30eb',
        content: { kind: 'text', size: 1 }
      },
      { path: 'tree/\ud83d\ude00', content: { kind: 'text', size: 2 } },
      { path: `tree/${'\u00e9'.repeat(120)}`, content: { kind: 'text', size: 2 } },
      { path: 'tree/with space\tand\ntab', content: { kind: 'text', size: 2 } }
    ]
  },
  {
    name: 'added-archive',
    containerfile: 'FROM scratch\nADD all.tar /\n',
    context: [
      {
        path: 'all.tar',
        tar: [
          { path: 'owned', type: 'directory', mode: 0o1755, uid: 1000, gid: 1001 },
          { path: 'owned/large-ids', uid: 2_097_151, gid: 2_097_152, size: 20 },
          { path: 'owned/larger-ids', uid: 4_000_000_000, gid: 3_000_000_000, size: 20 },
          { path: 'owned/set-uid', mode: 0o4755, size: 2000 },
          {
            path: 'owned/capable',
            mode: 0o755,
            size: 1,
            capability: Buffer.from('0100000200040000000000000000000000000000', 'hex')
          },
          { path: `owned/${'l'.repeat(95)}`, uid: 3_000_000, size: 1 },
          { path: `owned/${'m'.repeat(95)}/${'l'.repeat(95)}`, uid: 3_000_000, size: 1 },
          { path: 'pipe', type: 'fifo', mode: 0o640 },
          { path: 'null', type: 'character-device', mode: 0o666, devmajor: 1, devminor: 3 },
          { path: 'hard', type: 'hardlink', linkname: 'owned/set-uid', mode: 0o4755 },
          { path: 'soft', type: 'symlink', linkname: 'owned', mode: 0o777, uid: 5, mtime: -7 }
        ]
      }
    ]
  },
  {
    name: 'several-layers',
    containerfile:
      'FROM scratch AS one\nCOPY a /a\nFROM one\nCOPY b /b/\nCOPY <<EOF /c/\nhere & <there>\nEOF\nWORKDIR /b\n',
    context: [
      { path: 'a', content: { kind: 'mixed', size: 300_000 } },
      { path: 'b', content: { kind: 'mixed', size: 200_000, seed: 2 } }
    ]
  },
  {
    name: 'every-member-of-a-config',
    containerfile: `FROM scratch
COPY Containerfile /
MAINTAINER "A & B" <a@example.org>
ENV TEXT="<&>\u2028\u2029 \u00e9 \ud83d\ude00 \\\\ \\" tab\tbell\u0007\b\f\u007f" EMPTY=
LABEL z=1 a="two words" M.n=3 \u00e9=\u65e5
EXPOSE 8080 53/udp 1-3/tcp
VOLUME ["/data", "/a b"]
USER 1000:1000
SHELL ["/bin/sh", "-euo", "pipefail"]
HEALTHCHECK --interval=5m --timeout=3s --start-period=1500ms --retries=3 CMD ["/check", "<"]
STOPSIGNAL SIGQUIT
ONBUILD RUN echo later
ENTRYPOINT ["/entry", "a\\"b"]
CMD echo "shell & form"
`
  },
  {
    name: 'platform-variant',
    platform: 'linux/arm/v7',
    containerfile: 'FROM scratch\nCOPY a /\nCMD ["/a"]\n',
    context: [{ path: 'a', content: { kind: 'text', size: 1000 } }]
  },
  {
    name: 'forced-platform',
    platform: 'linux/386',
    containerfile: 'FROM --platform=linux/386 scratch\nCOPY a /\nENTRYPOINT ["/a"]\n',
    context: [{ path: 'a', content: { kind: 'text', size: 1000 }, mode: 0o755 }]
  },
  {
    name: 'many-files',
    containerfile: 'FROM scratch\nCOPY tree /usr/share/\n',
    context: Array.from({ length: 200 }, (_, place): ContextItem => {
      const content = { kind: 'text', size: (place * 7919) % 2500, seed: place } as const
      return { path: `tree/${place % 17}/${place % 5}/${place}`, content }
    })
  },
  {
    name: 'beyond-a-table-rebase',
    containerfile: 'FROM scratch\nCOPY large small /\n',
    context: [
      { path: 'large', content: { kind: 'mixed', size: 18_000_001 } },
      { path: 'small', content: { kind: 'text', size: 100_000 } }
    ]
  }
]
