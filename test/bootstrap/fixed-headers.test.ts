import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isStored, storedFiles } from '../world/stored-image.js'

/** Compilers whose build corrects headers by tables that upstream ships (fixincl.x): tried where they were built. */
const compilers = ['gcc-10', 'stage2-gcc', 'stage3-gcc', 'aarch64-gcc', 'stage3-aarch64-gcc']

/** What GCC puts beside corrected headers: two of its own, and a text. */
const own = ['README', 'limits.h', 'syslimits.h']

describe('a compiler of the chain', () => {
  it.for(compilers)('%s has corrected no header', (name, { skip }) => {
    const image = `bootstrap-${name}`
    skip(!isStored(image), 'it is not in the store')
    const files = storedFiles(image).filter(
      ({ path, type }) => type === 'file' && path.includes('/include-fixed/')
    )
    const names = new Set(files.map(({ path }) => basename(path)))
    expect(names.has('README')).toBe(true)
    expect([...names].filter((file) => !own.includes(file))).toEqual([])
  })
})
