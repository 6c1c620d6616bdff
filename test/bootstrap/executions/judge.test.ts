import { describe, expect, it } from 'vitest'
import { judge } from './judge.js'
import type { WitnessedEvent } from './witnessed.js'

const digest = (letter: string): string => letter.repeat(64)
const origins = {
  brought: new Set([digest('a')]),
  declared: new Set([digest('b')]),
  packed: new Set([digest('c')]),
  sealed: new Set([digest('9')]),
  earlier: new Set([digest('d')])
}
const begin: WitnessedEvent = { kind: 'begin', sandbox: 1 }
const end: WitnessedEvent = { kind: 'end', sandbox: 1 }

function seen(kind: 'file' | 'executed', letter: string, sandbox = 1, path = '/x'): WitnessedEvent {
  return { kind, sandbox, digest: digest(letter), path }
}

function objections(events: readonly WitnessedEvent[], seed?: string): string[] {
  const judgement = judge(events, origins, seed)
  return judgement.objections.map((text) => text.replace(/ \(.*/, ''))
}

describe('what is seen of a build', () => {
  it('is good where files come from the package, its sources and earlier images', () => {
    const files = [seen('file', 'a'), seen('file', 'b'), seen('file', 'd')]
    expect(objections([begin, ...files, seen('executed', 'd'), end])).toEqual([])
  })

  it('is good where a program is made and executed, by the same RUN or a later one', () => {
    const first = [begin, seen('executed', 'e'), end, seen('file', 'f')]
    const second = [{ ...begin, sandbox: 2 }, seen('file', 'f', 2), seen('executed', 'f', 2)]
    expect(objections([...first, ...second])).toEqual([])
  })

  it('is not good where a file comes from nowhere', () => {
    expect(objections([begin, seen('file', 'e')])).toEqual(['/x comes from nowhere'])
  })

  it('is not good where a file of one RUN is there before that has ended', () => {
    const other = { ...begin, sandbox: 2 }
    const events = [begin, other, seen('file', 'e', 2), end, seen('file', 'e')]
    expect(objections(events)).toEqual(['/x comes from nowhere'])
  })

  it('is not good where a program was brought along, in the package or as a source', () => {
    for (const letter of ['a', 'b']) {
      const events = [begin, seen('file', letter), seen('executed', letter)]
      expect(objections(events)).toEqual(['/x was brought along'])
    }
  })

  it('is good where that program is the seed', () => {
    const events = [begin, seen('file', 'a'), seen('executed', 'a')]
    expect(objections(events, digest('a'))).toEqual([])
  })

  it('is not good where a program was unpacked from a source', () => {
    const events = [begin, seen('executed', 'c'), end]
    expect(objections(events)).toEqual(['/x was unpacked from a source'])
  })

  it('is not good where an archive lies about that cannot be looked into', () => {
    const events = [begin, end, seen('file', '9'), { ...begin, sandbox: 2 }, seen('file', '9', 2)]
    expect(objections(events)).toEqual(['/x cannot be looked into'])
  })

  it('is not good where a program is not on the sandbox’s own file system', () => {
    const events = [begin, seen('executed', 'd', 1, '!/host/sh')]
    expect(objections(events)).toEqual(['!/host/sh is not of the sandbox’s own files'])
  })

  it('is told in numbers', () => {
    const events = [begin, seen('file', 'a'), seen('executed', 'a'), seen('executed', 'd'), end]
    const judgement = judge([...events, seen('executed', 'e')], origins, digest('a'))
    expect(judgement.sandboxes).toBe(1)
    expect(judgement.executed).toEqual({ earlier: 1, made: 1, seed: 1 })
  })
})
