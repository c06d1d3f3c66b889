/** The cookies that carry a guest's token or a session's secret, and which of them fits a request (DESIGN D6). */
import { isSessionSecret, isToken } from './tokens.ts'

/** The settings under `cookie`. */
export interface CookieSettings {
  readonly prefix: string
  readonly sameSite: 'Lax' | 'Strict' | 'None'
  /** Milliseconds. */
  readonly lifetime: number
}

/** What a page's request says about where the page will be shown. */
export interface Frame {
  /** The request came over https, as far as we can know. */
  secure: boolean
  /** The page will stand in a frame of another site. */
  foreign: boolean
}

/** A cookie header longer than this is not read. */
const MAX_HEADER = 16 * 1024

/** What a cookie is for. */
export type CookieKind = 'token' | 'login' | 'login-state' | 'sessionID'

/** Each kind (a guest's has Etherpad's name), and a second one for pages framed by other sites, which browsers keep apart. */
const names = (prefix: string, kind: CookieKind) => [`${prefix}${kind}`, `${prefix}${kind}-framed`] as const

/** The tokens in a Cookie header: ours first, then the one for frames. */
export function tokensIn(header: string | undefined, prefix: string): readonly string[] {
  return valuesIn(header, prefix, 'token').filter(isToken).slice(0, 4)
}

/** The secrets of sessions in a Cookie header, likewise. */
export function sessionsIn(header: string | undefined, prefix: string): readonly string[] {
  return valuesIn(header, prefix, 'login').filter(isSessionSecret).slice(0, 4)
}

/** All values of a kind: ours first, then the one for frames. */
export function valuesIn(header: string | undefined, prefix: string, kind: CookieKind): readonly string[] {
  if (header === undefined || header.length > MAX_HEADER) return []
  const pairs = header.split(';').map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
  })
  return names(prefix, kind).flatMap((name) =>
    pairs.filter(([key]) => key === name).map(([, value]) => value),
  )
}

/** Does the browser send what it keeps for a frame of another site only? Then the page stands in one, whatever led to it. */
export function isFramed(header: string | undefined, prefix: string): boolean {
  return (['token', 'login', 'login-state', 'sessionID'] as const).some(
    (kind) => header?.includes(`${names(prefix, kind)[1]}=`) === true,
  )
}

/** The Set-Cookie value that makes a browser keep a guest's `token`. */
export function tokenCookie(token: string, settings: CookieSettings, frame: Frame): string {
  return cookieLine('token', token, settings, frame, settings.lifetime)
}

/** The Set-Cookie values that make a browser forget all cookies of a kind. */
export function forgetCookies(kind: CookieKind, settings: CookieSettings, frame: Frame): readonly string[] {
  const own = cookieLine(kind, '', settings, { ...frame, foreign: false }, 0)
  return frame.secure ? [own, cookieLine(kind, '', settings, { secure: true, foreign: true }, 0)] : [own]
}

/**
 * The Set-Cookie value that makes a browser keep a value for `lifetime` ms; null: until it is closed. In a foreign frame over https the cookie is partitioned:
 * the browser keeps one for each site around us. Over plain http `None` is not accepted by browsers, so Lax is sent.
 */
export function cookieLine(
  kind: CookieKind,
  value: string,
  settings: Pick<CookieSettings, 'prefix' | 'sameSite'>,
  frame: Frame,
  lifetime: number | null,
): string {
  const [own, framed] = names(settings.prefix, kind)
  const age = `${lifetime === null ? '' : `Max-Age=${Math.floor(lifetime / 1000)}; `}Path=/; HttpOnly`
  if (frame.foreign && frame.secure) return `${framed}=${value}; ${age}; Secure; SameSite=None; Partitioned`
  const sameSite = settings.sameSite === 'None' && !frame.secure ? 'Lax' : settings.sameSite
  return `${own}=${value}; ${age}; SameSite=${sameSite}${frame.secure ? '; Secure' : ''}`
}
