import { parseImageName } from '../../containerfile/image-reference.js'
import { Rejection } from '../signature/rejection.js'
import type { Payload } from './payload.js'

import type { Subject } from './subject.js'

/**
 * Refuses a payload about another image. The tag is not compared: tags move, and it is the digest that says
 * what is signed.
 * @throws Rejection `payload/other-digest`, `payload/bad-reference`, `payload/other-image`
 */
export function checkIdentity({ reference, digest }: Payload, subject: Subject): void {
  if (digest !== subject.digest) {
    throw new Rejection('payload/other-digest', `it signs ${digest}`)
  }
  const named = parseImageName(reference)
  if (named === undefined || (named.tag === undefined && named.digest === undefined)) {
    throw new Rejection('payload/bad-reference', `it names no image: ${reference.slice(0, 100)}`)
  }
  if (!subject.repositories.includes(named.repository)) {
    throw new Rejection('payload/other-image', `it is about ${named.repository}`)
  }
  if (named.digest !== undefined && named.digest !== subject.digest) {
    throw new Rejection('payload/other-digest', `it names ${named.digest}`)
  }
}
