/** From Jitsi's token to a person: what is checked of it, and who it names. Pure. */
import { jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'
import type { LoginIdentity } from '../../shared/plugin/login.ts'

export interface TokenWishes {
  appId: string
  secret: string
  /** Hours a room stays open to who came by a token. */
  stay: number
}

/** Seconds that clocks may differ. */
const TOLERANCE = 30
/** Characters of a secret that can be guessed, and one that stands in everybody's example. */
const SHORT = 16
const EXAMPLE = 'my_jitsi_app_secret'

/** Why nobody can sign in with these settings; null when all is well, '' when nothing is configured. */
export function faultOf({ appId, secret }: Pick<TokenWishes, 'appId' | 'secret'>): string | null {
  if (secret === '') return ''
  if (appId === '') return 'there is a secret (JWT_APP_SECRET) without a name of the application (JWT_APP_ID)'
  if (secret === EXAMPLE)
    return 'the secret (JWT_APP_SECRET) is the one of the examples, which everybody knows'
  if (secret.length < SHORT) return `the secret (JWT_APP_SECRET) has fewer than ${SHORT} characters`
  return null
}

/**
 * Who a token names, for the pad of its room. `now` in ms.
 * @throws an error that says what is wrong with it, without a word of the token
 */
export async function personOf(
  token: string,
  pad: string,
  { appId, secret, stay }: TokenWishes,
  now: number,
): Promise<LoginIdentity> {
  const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
    algorithms: ['HS256'],
    issuer: appId,
    audience: appId,
    requiredClaims: ['exp', 'room'],
    clockTolerance: TOLERANCE,
    currentDate: new Date(now),
  })
  const { room } = payload
  const opens = room === '*' ? '*' : pad.toLowerCase()
  if (typeof room !== 'string' || (opens !== '*' && room.toLowerCase() !== opens))
    throw new RangeError('it is for another room')
  const user = userIn(payload)
  const subject = subjectOf(user)
  if (subject === null) throw new RangeError('it names nobody: there is neither an id nor an e-mail address')
  return { subject, name: textIn(user, 'name'), pads: { [opens]: now + stay * HOUR } }
}

const HOUR = 3_600_000

type User = Readonly<Record<string, unknown>>

function userIn(payload: JWTPayload): User {
  const context = payload['context']
  const user: unknown = typeof context === 'object' && context !== null ? Reflect.get(context, 'user') : null
  return typeof user === 'object' && user !== null ? (user as User) : {}
}

/** The e-mail address, which is always there where Keycloak signs people in to Jitsi; else the id. */
function subjectOf(user: User): string | null {
  const email = textIn(user, 'email').toLowerCase()
  if (email !== '') return `email:${email}`
  const id = textIn(user, 'id')
  return id === '' ? null : `id:${id}`
}

function textIn(user: User, key: string): string {
  const value = user[key]
  return typeof value === 'string' ? value.trim() : ''
}
