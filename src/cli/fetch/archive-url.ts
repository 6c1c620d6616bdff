import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parsedUrl, shownText } from '../../http/shown-url.js'
import { CliError } from '../cli-error.js'

/**
 * The base URL of an archive that is to be asked. A folder of this machine may be named by its path, and has
 * to be there: a misspelt one would be passed over for the mirrors, which nobody may notice before they are gone.
 * @throws CliError `cli/bad-usage`
 */
export function archiveUrl(mirror: string, cwd: string): string {
  const isPath = !/^[a-z][a-z0-9+.-]+:/i.test(mirror)
  const url = isPath ? pathToFileURL(resolve(cwd, mirror)) : parsedUrl(mirror)
  if (url === undefined || !/^(?:https?|file):$/.test(url.protocol)) {
    throw refusal('this is no archive to ask', mirror)
  }
  if (url.protocol === 'file:' && !isFolder(url)) throw refusal('there is no such folder', mirror)
  return isPath ? url.href : mirror
}

/** Node refuses what a file: URL may hold beside a path, such as a host or an escaped slash. */
function isFolder(url: URL): boolean {
  try {
    return statSync(fileURLToPath(url)).isDirectory()
  } catch {
    return false
  }
}

function refusal(message: string, mirror: string): CliError {
  return new CliError('cli/bad-usage', message, {
    kind: 'usage',
    expected: 'a folder that is there, an http:, https: or file: URL, or oci:registry/repository[:tag]',
    found: shownText(mirror)
  })
}
