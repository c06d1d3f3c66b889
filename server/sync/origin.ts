/** Does this handshake come from our own page? (SPEC-sync S31, S32; a foreign page must not use a person's cookies.) */
import type { IncomingMessage } from 'node:http'

export interface OriginRules {
  /** Believe X-Forwarded-Host. */
  trustProxy: boolean
  /** Origins accepted besides our own, such as `https://pad.example.org`. */
  allowedOrigins: readonly string[]
}

/** `websocket` handshakes always carry an Origin when they come from a browser; `polling` GETs of our own page do not. */
export function originAllowed(
  request: IncomingMessage,
  kind: 'websocket' | 'polling',
  rules: OriginRules,
): boolean {
  const { origin, host, cookie } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin === undefined) {
    if (kind === 'websocket') return cookie === undefined
    return site === undefined || site === 'same-origin' || site === 'none'
  }
  if (rules.allowedOrigins.includes(origin)) return true
  const theirs = hostOf(origin)
  if (theirs === null) return false
  if (site === 'same-origin') return true
  if (host !== undefined && sameHost(theirs, host)) return true
  if (!rules.trustProxy) return false
  const forwarded = request.headers['x-forwarded-host']
  const first = (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(',')[0]?.trim()
  return first !== undefined && first !== '' && sameHost(theirs, first)
}

/** The host and port of an http(s) origin, or null for `null` and other nonsense. */
function hostOf(origin: string): URL | null {
  try {
    const url = new URL(origin)
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === origin.toLowerCase()
      ? url
      : null
  } catch {
    return null
  }
}

/** Compares with a Host header; a default port may be written out. */
function sameHost(theirs: URL, host: string): boolean {
  try {
    return new URL(`${theirs.protocol}//${host}`).host === theirs.host
  } catch {
    return false
  }
}
