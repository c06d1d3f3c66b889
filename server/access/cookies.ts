/** The cookies that carry a guest's token, and which of them fits a request (DESIGN D6). */
import { isToken } from './tokens.ts'

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

/** Etherpad's name, and a second one for pages framed by other sites, whose cookies are kept apart by the browser. */
const names = (prefix: string) => [`${prefix}token`, `${prefix}token-framed`] as const

/** The tokens in a Cookie header: ours first, then the one for frames. */
export function tokensIn(header: string | undefined, prefix: string): readonly string[] {
  if (header === undefined || header.length > MAX_HEADER) return []
  const pairs = header.split(';').map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
  })
  return names(prefix)
    .flatMap((name) => pairs.filter(([key]) => key === name).map(([, value]) => value))
    .filter(isToken)
    .slice(0, 4)
}

/**
 * The Set-Cookie value that makes a browser keep `token`. In a foreign frame over https the cookie is partitioned:
 * the browser keeps one for each site around us. Over plain http `None` is not accepted by browsers, so Lax is sent.
 */
export function tokenCookie(token: string, settings: CookieSettings, frame: Frame): string {
  const [own, framed] = names(settings.prefix)
  const age = `Max-Age=${Math.floor(settings.lifetime / 1000)}; Path=/; HttpOnly`
  if (frame.foreign && frame.secure) return `${framed}=${token}; ${age}; Secure; SameSite=None; Partitioned`
  const sameSite = settings.sameSite === 'None' && !frame.secure ? 'Lax' : settings.sameSite
  return `${own}=${token}; ${age}; SameSite=${sameSite}${frame.secure ? '; Secure' : ''}`
}
