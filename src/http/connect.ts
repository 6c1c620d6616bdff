import { request } from 'node:http'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { cancelledExchange, HttpError } from './http-error.js'
import { shownUrl } from './shown-url.js'

/** How to reach a server. */
export interface Route {
  /** The URL to be requested; only scheme, host and port matter here. */
  readonly url: URL
  readonly proxy?: URL
  /** Certificates (PEM) to trust in place of the usual ones. */
  readonly certificates?: string
  /** Milliseconds for everything until the connection can be used. */
  readonly timeout: number
  readonly signal?: AbortSignal
}

/**
 * Opens a connection over which the URL can be requested: to the server itself, through the proxy's
 * tunnel for `https:`, or to the proxy for `http:`.
 * @throws HttpError `http/unreachable`, `http/cancelled`
 */
export async function connect(route: Route): Promise<Socket> {
  const opened: Socket[] = []
  const stop = new AbortController()
  const timer = setTimeout(() => {
    stop.abort(new Error(`no connection within ${route.timeout} ms`))
  }, route.timeout)
  const cancel = (): void => {
    stop.abort()
  }
  route.signal?.addEventListener('abort', cancel, { once: true })
  if (route.signal?.aborted === true) stop.abort()
  try {
    return await raceAbort(openRoute(route, opened), stop.signal)
  } catch (cause) {
    for (const socket of opened) socket.destroy()
    throw unreachable(route, cause)
  } finally {
    clearTimeout(timer)
    route.signal?.removeEventListener('abort', cancel)
  }
}

async function openRoute(route: Route, opened: Socket[]): Promise<Socket> {
  const { url, proxy } = route
  const first = await openTcp(proxy ?? url, opened)
  const nearest = proxy?.protocol === 'https:' ? await openTls(first, proxy, route, opened) : first
  if (url.protocol !== 'https:') return nearest
  const through = proxy === undefined ? nearest : await openTunnel(nearest, url, proxy)
  return openTls(through, url, route, opened)
}

function openTcp(to: URL, opened: Socket[]): Promise<Socket> {
  const port = to.port === '' ? (to.protocol === 'https:' ? 443 : 80) : Number(to.port)
  const socket = connectTcp({ host: hostOf(to), port, autoSelectFamily: true })
  opened.push(socket)
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

function openTls(under: Socket, to: URL, route: Route, opened: Socket[]): Promise<TLSSocket> {
  const host = hostOf(to)
  const socket = connectTls({
    socket: under,
    ALPNProtocols: ['http/1.1'],
    // Server name indication is for names only (RFC 6066, section 3); the address is verified all the same.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(route.certificates === undefined ? {} : { ca: route.certificates })
  })
  opened.push(socket)
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => {
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

/** Asks the proxy to pass bytes on to the server (RFC 9110, section 9.3.6). */
function openTunnel(socket: Socket, to: URL, proxy: URL): Promise<Socket> {
  const target = `${to.hostname}:${to.port === '' ? '443' : to.port}`
  const headers = { host: target, ...proxyAuthorization(proxy) }
  const asked = request({
    method: 'CONNECT',
    path: target,
    headers,
    createConnection: () => socket
  })
  return new Promise((resolve, reject) => {
    asked.once('connect', (response, tunnel: Socket) => {
      if (response.statusCode === 200) resolve(tunnel)
      else reject(new Error(`the proxy answered ${response.statusCode ?? 'nothing'}`))
    })
    asked.once('error', reject)
    asked.end()
  })
}

/** The header that tells a proxy who we are, where its URL does. */
export function proxyAuthorization(proxy: URL | undefined): Record<string, string> {
  if (proxy === undefined || proxy.username === '') return {}
  return { 'proxy-authorization': basicAuthorization(proxy) }
}

/** The value of an authorization header for the user and password of a URL (RFC 7617). */
export function basicAuthorization(url: URL): string {
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error)
    }
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject)
  })
}

function unreachable(route: Route, cause: unknown): HttpError {
  if (route.signal?.aborted === true) return cancelledExchange(shownUrl(route.url))
  const via = route.proxy === undefined ? '' : ` through the proxy ${shownUrl(route.proxy)}`
  const reason = cause instanceof Error ? cause.message : String(cause)
  const details = { where: shownUrl(route.url), found: reason, cause }
  return new HttpError('http/unreachable', `${route.url.host} cannot be reached${via}`, details)
}
