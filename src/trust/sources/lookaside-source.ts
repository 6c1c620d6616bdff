import { shownUrl } from '../../http/shown-url.js'
import { TrustError } from '../trust-error.js'
import { type AskingOptions, readUrl } from './read-url.js'
import { LARGEST_SIGNATURE, type SignatureSource } from './signature-source.js'

/** Signatures below a URL. */
export function lookasideSource(base: URL, options: AskingOptions): SignatureSource {
  const root = base.href.endsWith('/') ? base.href : `${base.href}/`
  return {
    name: shownUrl(base).replace(/\/$/, ''),
    read: (path) => readSignature(new URL(path, root), options)
  }
}

function readSignature(url: URL, options: AskingOptions): Promise<Uint8Array | undefined> {
  const where = shownUrl(url)
  return readUrl(url, options, {
    largest: LARGEST_SIGNATURE,
    badStatus: (status) => {
      return new TrustError('signatures/unreadable', 'the lookaside does not say what it has', {
        where,
        expected: 'status 200 or 404',
        found: String(status)
      })
    },
    tooLarge: () => {
      return new TrustError('signatures/too-large', 'this is too large to be a signature', {
        where,
        expected: `at most ${LARGEST_SIGNATURE} bytes`
      })
    }
  })
}
