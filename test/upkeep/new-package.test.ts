import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expandTemplate, placeholderValues } from '../../src/tree/placeholders.js'
import { archiveName } from '../../src/upkeep/new/archive-name.js'
import { guessLicense } from '../../src/upkeep/new/guess-license.js'
import { mirrorTemplate } from '../../src/upkeep/new/mirror-template.js'

describe('a release’s path', () => {
  test.each([
    ['/zlib-1.3.1.tar.gz', '1.3.1', 'tar.gz'],
    ['/me/it/archive/refs/tags/v2.0.tar.gz', '2.0', 'tar.gz'],
    ['/me/it/releases/download/v2.0-rc1/it.tgz', '2.0-rc1', 'tgz'],
    ['/boost_1_84_0.tar.bz2', '1.84.0', 'tar.bz2'],
    ['/openssl-1.1.1w.tar.xz', '1.1.1w', 'tar.xz'],
    ['/sqlite-autoconf-3450100.zip', '3450100', 'zip'],
    ['/it-latest.tar', undefined, 'tar'],
    ['/', undefined, 'bin']
  ])('%s is of %s, in %s', (path, version, format) => {
    expect(archiveName(path)).toEqual(version === undefined ? { format } : { format, version })
  })

  test('gives an answer for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => archiveName(text).format.length > 0)
    )
  })
})

describe('a mirror’s template', () => {
  test.each([
    ['https://x.org/zlib-1.3.1.tar', 'https://x.org/zlib-{version}.tar'],
    ['https://x.org/1.3/zlib-1.3.1.tar', 'https://x.org/{version_major_minor}/zlib-{version}.tar'],
    ['https://x.org/zlib_1_3_1.tar', 'https://x.org/zlib_{version_under}.tar'],
    ['https://x.org/zlib-11.3.1.tar', 'https://x.org/zlib-11.3.1.tar'],
    ['https://x.org/zlib-1.3.1.2.tar', 'https://x.org/zlib-1.3.1.2.tar'],
    ['https://1.3.1.example.org/x', 'https://1.3.1.example.org/x'],
    ['debian:pool/z/zlib_1.3.1.orig.tar', 'debian:pool/z/zlib_{version}.orig.tar']
  ])('of %s is %s', (url, template) => {
    expect(mirrorTemplate(url, '1.3.1')).toBe(template)
  })

  test('always stands for the URL that it was made of', () => {
    const piece = fc.constantFrom('1', '1.2', '1.2.3', '1_2_3', '1-2-3', '/', '-', '.', 'v', 'x')
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('1.2.3', '1', '1-2'), (pieces, version) => {
        const url = `https://x.org/${pieces.join('')}`
        const values = placeholderValues(version, undefined)
        expect(expandTemplate(mirrorTemplate(url, version), values)).toEqual({ text: url })
      })
    )
  })
})

describe('a licence', () => {
  test.each([
    ['MIT', 'Permission is hereby granted, free of charge … without restriction'],
    ['Apache-2.0', '   Apache License\n   Version 2.0, January 2004'],
    ['GPL-2.0-only', 'GNU GENERAL PUBLIC LICENSE\n   Version 2, June 1991'],
    ['BSD-3-Clause', 'Redistribution and use in source\n * and binary forms … Neither the name of'],
    ['Zlib', '1. The origin of this software must not be misrepresented;']
  ])('%s is known by its words', (license, text) => {
    expect(guessLicense([text], [])).toBe(license)
  })

  test('of GNU is for later versions where a file says so', () => {
    const text = 'GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007'
    expect(guessLicense([text], ['/* or (at your option)\n * any later version */'])).toBe(
      'GPL-3.0-or-later'
    )
  })

  test('is not guessed of what nobody knows', () => {
    expect(guessLicense(['All rights reserved.'], [])).toBeUndefined()
    expect(guessLicense([], [])).toBeUndefined()
  })
})
