import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import type { Random } from './random.js'

/** A way to spoil a file, and whether what is left can be no definition any more, whatever it was before. */
interface Damage {
  readonly name: string
  readonly fatal: boolean
  readonly apply: (path: string, random: Random) => void
}

function instead(name: string, put: (path: string, random: Random) => void): Damage {
  return {
    name,
    fatal: true,
    apply: (path, random) => {
      rmSync(path, { recursive: true })
      put(path, random)
    }
  }
}

function edited(name: string, edit: (text: string, random: Random) => string | Buffer): Damage {
  return {
    name,
    fatal: false,
    apply: (path, random) => {
      writeFileSync(path, edit(readFileSync(path, 'utf8'), random))
    }
  }
}

function bytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)))
}

/** Ways to put something else in a file's place, or to spoil what is in it. */
export const damages: readonly [Damage, ...Damage[]] = [
  instead('garbage', (path, random) => {
    // Bytes that begin no character of UTF-8, so that it is garbage for certain.
    writeFileSync(path, Buffer.concat([Buffer.from([0xff]), bytes(random, random.below(2000))]))
  }),
  instead('a folder', (path) => {
    mkdirSync(path)
  }),
  instead('a folder with files', (path) => {
    mkdirSync(path)
    writeFileSync(`${path}/package.toml`, '')
  }),
  instead('a dangling link', (path) => {
    symlinkSync('/no/such/file', path)
  }),
  instead('a link to itself', (path) => {
    symlinkSync(path, path)
  }),
  instead('a link to a device without end', (path) => {
    symlinkSync('/dev/zero', path)
  }),
  instead('a pipe', (path) => {
    execFileSync('mkfifo', [path])
  }),
  instead('a gigabyte of nothing', (path) => {
    writeFileSync(path, '')
    truncateSync(path, 2 ** 30)
  }),
  edited('bytes that are no text', (text, random) => {
    const at = random.below(text.length + 1)
    return Buffer.concat([
      Buffer.from(text.slice(0, at)),
      bytes(random, 1 + random.below(4)),
      Buffer.from(text.slice(at))
    ])
  }),
  edited('lines that end as on Windows', (text) => text.replaceAll('\n', '\r\n')),
  edited('a byte order mark', (text) => `\ufeff${text}`),
  edited('a line twice', (text, random) => {
    const lines = text.split('\n')
    const at = random.below(lines.length)
    return [...lines.slice(0, at), lines[at] ?? '', ...lines.slice(at)].join('\n')
  }),
  edited('a line less', (text, random) => {
    const lines = text.split('\n')
    lines.splice(random.below(lines.length), 1)
    return lines.join('\n')
  }),
  edited('an impossible date', (text) => `${text}[package.made]\non = 2023-02-30\n`),
  edited('deep nesting', (text, random) => `x = ${'['.repeat(1 + random.below(3000))}\n${text}`),
  edited('control characters', (text, random) => {
    const at = random.below(text.length + 1)
    return text.slice(0, at) + String.fromCharCode(random.below(32)) + text.slice(at)
  }),
  edited('a piece less', (text, random) => {
    const at = random.below(text.length + 1)
    return text.slice(0, at) + text.slice(at + random.below(40))
  }),
  edited('a piece of itself somewhere else', (text, random) => {
    const [from, to] = [random.below(text.length + 1), random.below(text.length + 1)]
    return text.slice(0, to) + text.slice(from, from + random.below(60)) + text.slice(to)
  }),
  edited('a long line', (text, random) => {
    return text + random.pick(['#', 'a', '"', '[', '\\']).repeat(random.below(100_000))
  })
]
