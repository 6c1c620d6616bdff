/** A licence, and phrases that its text has, in lower case. */
type Mark = readonly [license: string, ...phrases: string[]]

/** More particular texts first: that of the AGPL speaks of the GPL, the licence of three clauses has those of two. */
const marks: readonly Mark[] = [
  ['AGPL-3.0', 'gnu affero general public license', 'version 3'],
  ['LGPL-3.0', 'gnu lesser general public license', 'version 3, 29 june 2007'],
  ['LGPL-2.1', 'gnu lesser general public license', 'version 2.1'],
  ['LGPL-2.0', 'gnu library general public license', 'version 2'],
  ['GPL-3.0', 'gnu general public license', 'version 3, 29 june 2007'],
  ['GPL-2.0', 'gnu general public license', 'version 2, june 1991'],
  ['Apache-2.0', 'apache license', 'version 2.0'],
  ['MPL-2.0', 'mozilla public license', 'version 2.0'],
  ['BSL-1.0', 'boost software license', 'version 1.0'],
  ['CC0-1.0', 'cc0 1.0 universal'],
  ['Unlicense', 'free and unencumbered software released into the public domain'],
  ['Zlib', 'origin of this software must not be misrepresented'],
  ['BSD-4-Clause', 'redistribution and use in source and binary forms', 'advertising materials'],
  ['BSD-3-Clause', 'redistribution and use in source and binary forms', 'neither the name'],
  ['BSD-2-Clause', 'redistribution and use in source and binary forms'],
  ['MIT', 'permission is hereby granted, free of charge', 'without restriction'],
  ['ISC', 'permission to use, copy, modify', 'provided that the above copyright notice'],
  [
    '0BSD',
    'permission to use, copy, modify',
    'for any purpose with or without fee is hereby granted'
  ]
]

/**
 * Guesses the licence of a release; undefined where no text is known.
 * @param texts of files that are called after licences
 * @param others of further files: whether they allow later versions of the GNU licences
 */
export function guessLicense(
  texts: readonly string[],
  others: readonly string[]
): string | undefined {
  const found = new Set(texts.flatMap((text) => licenseOf(plain(text)) ?? []))
  const later = others.some((text) => plain(text).includes('any later version'))
  const all = [...found].map((license) => {
    return /^A?L?GPL-/.test(license) ? `${license}-${later ? 'or-later' : 'only'}` : license
  })
  return all.length === 0 ? undefined : all.join(' AND ')
}

function licenseOf(text: string): string | undefined {
  // A text that only names another licence does so far from its beginning.
  const start = text.slice(0, 3000)
  return marks.find(([, ...phrases]) => phrases.every((phrase) => start.includes(phrase)))?.[0]
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s*#/]+/g, ' ')
}
