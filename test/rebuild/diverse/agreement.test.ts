import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { type Chain, compareChains } from '../../../src/rebuild/diverse/agreement.js'

const chain = (from: string, files: Readonly<Record<string, string | Buffer>>): Chain => ({
  from,
  files: new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]))
})

/** An archive as `ar` writes it. */
function archive(...members: (readonly [name: string, content: string])[]): string {
  const parts = members.map(([name, content]) => {
    const header = `${name.padEnd(48)}${String(content.length).padEnd(10)}\`\n`
    return header + content + (content.length % 2 === 1 ? '\n' : '')
  })
  return `!<arch>\n${parts.join('')}`
}

describe('comparing chains', () => {
  it('finds equal bytes equal', () => {
    const files = { tcc: 'compiler', 'libc.a': archive(['a.o/', 'code']) }
    const { results, difference } = compareChains([chain('seed', files), chain('gcc', files)])
    expect(difference).toBeUndefined()
    expect(results.map(({ identical }) => identical)).toEqual([true, true])
  })

  it('names the file, the chains and the place of any byte that was tampered with', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (good, at, change) => {
        const offset = at % good.length
        const tampered = Buffer.from(good)
        tampered[offset] = (tampered[offset] ?? 0) ^ change
        const { results, difference } = compareChains([
          chain('seed', { first: 'same', second: Buffer.from(good) }),
          chain('gcc', { first: 'same', second: Buffer.from(good) }),
          chain('clang', { first: 'same', second: tampered })
        ])
        expect(results.map(({ identical }) => identical)).toEqual([true, false])
        expect(difference).toMatchObject({ name: 'second', between: ['seed', 'clang'], offset })
      })
    )
  })

  it('names the member of an archive, with its long name', () => {
    const names = ['//', 'a-name-of-more-than-15.o/\n'] as const
    const { difference } = compareChains([
      chain('seed', { 'libc.a': archive(['/', 'xx'], names, ['a.o/', 'one'], ['/0', 'two']) }),
      chain('gcc', { 'libc.a': archive(['/', 'xx'], names, ['a.o/', 'one'], ['/0', 'twO']) })
    ])
    expect(difference).toMatchObject({ member: 'a-name-of-more-than-15.o', found: ['6f', '4f'] })
  })

  it('takes a file that ends early, or is missing, for a difference', () => {
    const whole = chain('seed', { tcc: 'abc' })
    const short = compareChains([whole, chain('gcc', { tcc: 'ab' })])
    expect(short.difference).toMatchObject({ offset: 2, found: ['63', 'the end'] })
    const missing = compareChains([whole, chain('gcc', {})])
    expect(missing.difference).toMatchObject({ offset: 0, found: ['61', 'the end'] })
  })

  it('reads whatever is damaged behind the sign of an archive', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const damaged = Buffer.concat([Buffer.from('!<arch>\n'), noise])
        const { difference } = compareChains([
          chain('seed', { 'libc.a': damaged }),
          chain('gcc', { 'libc.a': Buffer.concat([damaged, Buffer.from('x')]) })
        ])
        expect(difference?.offset).toBe(damaged.length)
      })
    )
  })
})
