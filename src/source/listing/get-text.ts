import { bodyChunks } from '../../http/read-body.js'
import { httpGet } from '../../http/http-get.js'
import { shownUrl } from '../../http/shown-url.js'
import { SourceError } from '../source-error.js'
import type { Transfer } from '../transfer.js'

/** No listing is longer; what comes after is not read. */
const longestText = 8 * 1024 * 1024

/**
 * What an `http:` or `https:` URL answers, as text.
 * @throws SourceError `source/not-found`, `source/too-large`; HttpError
 */
export async function getText(url: URL, transfer: Transfer): Promise<string> {
  const where = shownUrl(url)
  const response = await httpGet(url, transfer.get)
  try {
    if (response.status !== 200) {
      const details = { where, expected: 'status 200', found: `status ${response.status}` }
      throw new SourceError('source/not-found', 'there is no listing here', details)
    }
    return await bodyText(bodyChunks(response, { ...transfer.get, where }), where)
  } finally {
    response.body.destroy()
  }
}

async function bodyText(chunks: AsyncIterable<Buffer>, where: string): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    pieces.push(chunk)
    if (size > longestText) {
      throw new SourceError('source/too-large', 'the listing is too long', {
        where,
        expected: `at most ${longestText} bytes`
      })
    }
  }
  return Buffer.concat(pieces).toString('utf8')
}
