/** What a provider says of a person, checked at the door and read again from the store (SPEC-access L4). */
import { createHash } from 'node:crypto'
import type { LoginFacts, LoginIdentity } from '../../shared/plugin/login.ts'
import { LIMITS } from '../../shared/protocol.ts'
import type { AccountRow } from '../store/login-store.ts'

/** Longest subject and name of a session, and of a group, in characters; groups of one person. */
const SUBJECT = 255
const GROUP = 200
const GROUPS = 500
/** Pads a sign-in may name, and those that are remembered of all. */
const PADS = 100
/** Bytes of what a provider keeps with a session, as JSON. */
const KEEP = 16 * 1024

/** A checked identity. */
export interface CheckedIdentity {
  subject: string
  sid: string
  keep: unknown
  profile: Profile
}

type Profile = Omit<LoginFacts, 'provider' | 'subject'>

/** Checks what a provider said. @throws RangeError that says what is wrong with it */
export function checkIdentity(given: LoginIdentity): CheckedIdentity {
  const { subject, sid = '', keep = null, name = '', groups = [], pads } = given
  if (typeof subject !== 'string' || subject === '' || subject.length > SUBJECT || /\p{Cc}/u.test(subject))
    throw new RangeError(`a subject has 1 to ${SUBJECT} characters`)
  if (typeof sid !== 'string' || sid.length > SUBJECT)
    throw new RangeError(`a session's name has at most ${SUBJECT} characters`)
  if (typeof name !== 'string') throw new RangeError('a name is a text')
  if (!Array.isArray(groups) || groups.length > GROUPS || !groups.every(isGroup))
    throw new RangeError(`groups are at most ${GROUPS} texts of 1 to ${GROUP} characters`)
  if (pads !== undefined && !arePads(pads))
    throw new RangeError(`pads are at most ${PADS} names, each with a moment`)
  if (Buffer.byteLength(JSON.stringify(keep) ?? '') > KEEP)
    throw new RangeError(`what is kept with a session has at most ${KEEP} bytes`)
  return {
    subject,
    sid,
    keep,
    profile: {
      name: name
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, LIMITS.name),
      groups: [...groups],
      isAdmin: given.isAdmin === true,
      readOnly: given.readOnly === true,
      canCreate: given.canCreate !== false,
      ...(pads === undefined ? {} : { pads }),
    },
  }
}

function isGroup(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= GROUP
}

function arePads(value: unknown): value is Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return false
  const entries = Object.entries(value)
  return (
    entries.length <= PADS &&
    entries.every(([pad, until]) => pad !== '' && pad.length <= SUBJECT && Number.isFinite(until))
  )
}

/** The pads of a sign-in with those that an earlier one opened and that are still open; the youngest of too many. */
export function padsWith(
  earlier: LoginFacts['pads'],
  pads: LoginFacts['pads'],
  now: number,
): LoginFacts['pads'] {
  if (pads === undefined) return undefined
  const all = Object.entries({ ...earlier, ...pads }).filter(([, until]) => until > now)
  return Object.fromEntries(all.sort(([, one], [, two]) => two - one).slice(0, PADS))
}

/** Does a sign-in open this pad? */
export function opensPad({ pads }: Pick<LoginFacts, 'pads'>, pad: string, now: number): boolean {
  if (pads === undefined) return true
  return ['*', pad.toLowerCase()].some((name) => Object.hasOwn(pads, name) && (pads[name] ?? 0) > now)
}

/** What an account says, as it was checked when it was saved. */
export function factsOf({ provider, subject, profile }: AccountRow): LoginFacts {
  const given: unknown = JSON.parse(profile)
  const read = (key: keyof Profile): unknown =>
    typeof given === 'object' && given !== null ? Reflect.get(given, key) : undefined
  const groups = read('groups')
  const pads = read('pads')
  return {
    provider,
    subject,
    name: String(read('name') ?? ''),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    isAdmin: read('isAdmin') === true,
    // What cannot be read allows less.
    readOnly: read('readOnly') !== false,
    canCreate: read('canCreate') === true,
    ...(pads === undefined ? {} : { pads: arePads(pads) ? pads : {} }),
  }
}

/** SHA-256 (hex) of a provider and one of its own names, so that no name of one can be that of another. */
export function keyOf(provider: string, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([provider, name]))
    .digest('hex')
}
