import { PublishError } from './publish-error.js'

/**
 * Checks the name of a release, `YYYY.MM.N`.
 * @throws PublishError `publish/bad-release`
 */
export function releaseName(text: string): string {
  if (/^20\d{2}\.(?:0[1-9]|1[0-2])\.(?:0|[1-9]\d{0,3})$/.test(text)) return text
  throw new PublishError('publish/bad-release', 'this is no name of a release', {
    expected: 'YYYY.MM.N, such as 2026.03.0',
    found: text,
    kind: 'usage'
  })
}

/** The tag that all images of a release have. */
export function releaseTag(release: string): string {
  return `sx${release}`
}
