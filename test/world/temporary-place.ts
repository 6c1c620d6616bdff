import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives a run of tests one folder for all that they lay down for a moment, and removes it after the last. Its name
 * is short, because sockets of gpg's agent lie in it, whose paths may have 107 bytes, and without capitals, which
 * podman does not take in the path of an image; anybody may write to it, because some tests act as other users.
 */
export default function setup(): () => void {
  const place = join(tmpdir(), `stx-${randomBytes(4).toString('hex')}`)
  mkdirSync(place)
  chmodSync(place, 0o1777)
  process.env['TMPDIR'] = place
  return () => {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 })
  }
}
