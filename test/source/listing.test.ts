import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkedNames } from '../../src/source/listing/folder-listing.js'
import { tagsIn } from '../../src/source/listing/git-tags.js'
import { cpuMilliseconds } from '../world/cpu-time.js'

const base = new URL('https://example.org/pub/')

test('names are those of links to what lies directly in the folder', () => {
  const page = [
    `<a href="zlib-1.3.tar.gz">zlib</a> <A HREF='/pub/old/'>old</A> <a href=plain>`,
    '<a href="./a%20b?x=1&amp;y=2#z"> <a href="https://example.org/pub/zlib-1.3.tar.gz">',
    '<a href="../up"> <a href="/elsewhere"> <a href="https://other.example/pub/x"> <a href="a/b">',
    '<a href="?C=N;O=D"> <a href="%zz"> <a href="//["> <a href="javascript:alert(1)">'
  ].join('\n')
  expect(linkedNames(page, base)).toEqual(['zlib-1.3.tar.gz', 'old', 'plain', 'a b'])
})

test('a hostile page takes no more than its time', () => {
  const start = cpuMilliseconds()
  for (const piece of ['href=', 'href="', "href='x' ", '<a href="x">', ' href = ']) {
    linkedNames(piece.repeat(1_000_000 / piece.length), base)
  }
  expect(cpuMilliseconds() - start).toBeLessThan(8000)
})

test('any text has names or none, and no error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const name of linkedNames(`<a href="${text}">`, base)) expect(name).not.toBe('')
      for (const tag of tagsIn(text)) expect(tag).not.toMatch(/\s/)
    })
  )
})

test('tags are those of the list of references, what they stand for left away', () => {
  const id = 'a'.repeat(40)
  const text = [
    '001e# service=git-upload-pack\n0000',
    `00ff${id} HEAD\0multi_ack\n`,
    `003f${id} refs/heads/main\n`,
    `003e${id} refs/tags/v1.0\n0041${id} refs/tags/v1.0^{}\n003e${id} refs/tags/v1.1\n0000`
  ].join('')
  expect(tagsIn(text)).toEqual(['v1.0', 'v1.1'])
})
