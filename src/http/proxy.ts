import type { Environment } from './environment.js'
import { HttpError } from './http-error.js'

/**
 * The proxy for a URL as the environment says: `http_proxy`, `https_proxy`, `all_proxy`, and `no_proxy`
 * (host names with their subdomains, `host:port`, or `*`), each in lower or upper case.
 * @throws HttpError `http/bad-proxy`
 */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  const setting = (name: string): string | undefined => {
    const value = environment[name] ?? environment[name.toUpperCase()]
    return value === undefined || value === '' ? undefined : value
  }
  const scheme = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const proxy = setting(scheme) ?? setting('all_proxy')
  if (proxy === undefined || isExempt(url, setting('no_proxy') ?? '')) return undefined
  return proxyUrl(proxy, scheme)
}

/** The value's credentials must not reach the message, so that none of it does. */
function proxyUrl(text: string, setting: string): URL {
  const withScheme = text.includes('://') ? text : `http://${text}`
  if (URL.canParse(withScheme)) {
    const url = new URL(withScheme)
    if (url.protocol === 'http:' || url.protocol === 'https:') return url
  }
  throw new HttpError('http/bad-proxy', 'this proxy cannot be used', {
    where: setting,
    expected: 'the URL of an HTTP proxy: http://host:port',
    hint: `change or unset ${setting}`
  })
}

function isExempt(url: URL, exemptions: string): boolean {
  const host = url.hostname.toLowerCase()
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  return exemptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = entry, onlyPort] = /^(.*[^:]):(\d+)$/.exec(entry) ?? []
      if (onlyPort !== undefined && onlyPort !== port) return false
      const domain = name.replace(/^\*?\./, '')
      return domain === '*' || host === domain || host.endsWith(`.${domain}`)
    })
}
