/** Who asks for a page or a ticket: somebody who is signed in, an existing guest by cookie, or a new one (DESIGN D6). */
import type { Request, Response } from 'express'
import type { PersonColour } from '../../shared/colour.ts'
import type { Person } from '../../shared/protocol.ts'
import { cookieLine, isFramed, tokenCookie, tokensIn } from '../access/cookies.ts'
import type { Frame } from '../access/cookies.ts'
import type { Sessions } from '../access/sessions.ts'
import type { People, Proved } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { Bucket } from '../sync/limits.ts'

/** New guests a second and at once: of everybody, and of one public address. */
const RATES = { all: { rate: 100, burst: 1000 }, address: { rate: 1, burst: 120 } }
/** Addresses remembered. */
const MOST_ADDRESSES = 10_000

/**
 * Is the page shown in a frame of another site, and did it come over https? With the `prefix` of our cookies also where a
 * page of ours in such a frame leads to another.
 */
export function frameOf(request: Request, publicURL: string | null, prefix?: string): Frame {
  const site = request.get('Sec-Fetch-Site')
  const inFrame = ['iframe', 'frame', 'embed', 'object'].includes(request.get('Sec-Fetch-Dest') ?? '')
  const local = /^(localhost|127\.|\[::1\])/.test(request.get('Host') ?? '')
  // Browsers send Sec-Fetch-* over https and to the own machine only, which tells more than a proxy without headers.
  const secure = request.secure || publicURL?.startsWith('https:') === true || (site !== undefined && !local)
  const inside = prefix !== undefined && isFramed(request.headers.cookie, prefix)
  return { secure, foreign: inFrame && (site === 'cross-site' || inside) }
}

export interface Guests {
  /** The person behind the request's cookies, which live on from now; null when there is none. */
  known(request: Request, response: Response): Promise<Proved | null>
  /** Whom a session of a group makes the asker in the pad that the route names (`:pad`); null for nobody. */
  member(request: Request): Promise<Proved | null>
  /** A new guest among people of these colours; the browser gets a cookie. Null when there were too many lately. */
  welcome(request: Request, response: Response, near: readonly PersonColour[]): Promise<Person | null>
  /** A ticket for a browser that sent no cookie of ours. @throws AppError `tooFast` */
  ticket(request: Request): Promise<string>
}

/** Creates the {@link Guests} of a server. */
export function createGuests(
  people: People,
  settings: Settings,
  sessions: Pick<Sessions, 'holder'>,
  now: () => number = Date.now,
): Guests {
  const all = new Bucket(RATES.all.rate, RATES.all.burst, now())
  const addresses = new Map<string, Bucket>()
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0

  function mayCreate(request: Request): boolean {
    const address = countedAddress(request, trusts)
    if (address !== null) {
      const { rate, burst } = RATES.address
      const bucket = addresses.get(address) ?? new Bucket(rate, burst, now())
      addresses.delete(address)
      addresses.set(address, bucket)
      if (addresses.size > MOST_ADDRESSES)
        for (const [oldest] of addresses) if (addresses.delete(oldest)) break
      if (!bucket.take(1, now())) return false
    }
    return all.take(1, now())
  }

  const give = (token: string, request: Request, response: Response) => {
    response.append('Set-Cookie', tokenCookie(token, settings.cookie, frameOf(request, settings.publicURL)))
  }

  /** The browser keeps the cookie as long as the session. */
  const keepSession = (secret: string, request: Request, response: Response) => {
    const { sessionLifetime } = settings.cookie
    if (sessionLifetime === 0) return
    const frame = frameOf(request, settings.publicURL, settings.cookie.prefix)
    response.append('Set-Cookie', cookieLine('login', secret, settings.cookie, frame, sessionLifetime))
  }

  async function member(request: Request): Promise<Proved | null> {
    const pad: unknown = request.params['pad']
    return typeof pad === 'string' ? people.member(request.headers.cookie, pad) : null
  }

  return {
    member,
    async known(request, response) {
      const { cookie } = request.headers
      const one = await member(request)
      if (one !== null) return one
      const held = cookie === undefined ? null : await sessions.holder({ cookie })
      if (held !== null && cookie !== undefined) {
        keepSession(held.secret, request, response)
        return people.identify({ cookie })
      }
      for (const token of tokensIn(request.headers.cookie, settings.cookie.prefix)) {
        const person = await people.identify({ ticket: token })
        if (person === null) continue
        give(token, request, response)
        return person
      }
      return null
    },
    async welcome(request, response, near) {
      if (!mayCreate(request)) return null
      const { person, token } = await people.createGuest(near)
      give(token, request, response)
      return person
    },
    async ticket(request) {
      if (!mayCreate(request))
        throw new AppError('tooFast', 'Too many new visitors at once; try again in a moment.')
      return (await people.createGuest()).token
    },
  }
}
