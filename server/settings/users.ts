/** The setting `users`: accounts of the settings file. */
import { asText, custom, flag } from './field.ts'
import type { Field, Reading } from './field.ts'

/**
 * An account of the settings file. With neither password nor hash nobody signs in with it here; it says what somebody
 * may do who comes under this name from elsewhere.
 */
export interface SettingsUser {
  /** Empty: no password is right. */
  password: string
  /** A password's hash by bcrypt in place of it; empty for none. */
  hash: string
  isAdmin: boolean
  /** May read pads and change none. */
  readOnly: boolean
  /** May make pads. */
  canCreate: boolean
  /** The name others see; null leaves it to the person. */
  displayName: string | null
}

/** Accounts by name. */
export type SettingsUsers = Readonly<Record<string, SettingsUser>>

/** Environment variables that make an account where the file names none. */
export const USER_VARIABLES = [
  { env: 'ADMIN_PASSWORD', name: 'admin', isAdmin: true },
  { env: 'USER_PASSWORD', name: 'user', isAdmin: false },
] as const

/** What of an account is never shown and stays text when it comes from the environment. */
export const SECRETS_OF_USERS: readonly string[] = ['password', 'hash']

const onOff = flag(false, null, '')
/** Characters of a password, hash or name. */
const LONGEST = 1000

type Given = Record<string, unknown>

class Refused extends Error {
  readonly at: string
  readonly allowed: string
  readonly value: unknown
  constructor(at: string, allowed: string, value?: unknown) {
    super(allowed)
    this.at = at
    this.allowed = allowed
    this.value = value
  }
}

function textOf(given: Given, user: string, key: string): string | null {
  const value = given[key]
  if (value === null || value === undefined || value === '') return null
  const text = asText(value)
  if (text === null || text.length > LONGEST) throw new Refused(`${user}.${key}`, 'a text')
  return text
}

function flagOf(given: Given, user: string, key: string, fallback: boolean): boolean {
  const value = given[key]
  if (value === null || value === undefined || value === '') return fallback
  const reading = onOff.read(value)
  if ('refused' in reading) throw new Refused(`${user}.${key}`, onOff.allowed, value)
  return reading.value
}

function account(given: Given, name: string): SettingsUser | null {
  const user = {
    password: textOf(given, name, 'password') ?? '',
    hash: textOf(given, name, 'hash') ?? '',
    isAdmin: flagOf(given, name, 'is_admin', false),
    readOnly: flagOf(given, name, 'readOnly', false),
    canCreate: flagOf(given, name, 'canCreate', true),
    displayName: textOf(given, name, 'displayname'),
  }
  // A password that is named and not given: the account is not wanted.
  const unwanted = user.password + user.hash === '' && ('password' in given || 'hash' in given)
  return unwanted ? null : user
}

function read(value: unknown): Reading<SettingsUsers> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { refused: {} }
  const users: [string, SettingsUser][] = []
  try {
    for (const [name, entry] of Object.entries(value as Given)) {
      if (entry === null || entry === undefined) continue
      if (typeof entry !== 'object') throw new Refused(name, '{"password": ..., "is_admin": ...}')
      const user = account(entry as Given, name)
      if (user !== null) users.push([name, user])
    }
  } catch (error) {
    if (error instanceof Refused)
      return { refused: { at: error.at, value: error.value, allowed: error.allowed } }
    throw error
  }
  return { value: Object.fromEntries(users) }
}

/** `users.NAME.{password,hash,is_admin,readOnly,canCreate,displayname}`. */
export const usersField: Field<SettingsUsers> = custom<SettingsUsers>({
  fallback: {},
  env: null,
  about:
    'Accounts: password, is_admin, readOnly, canCreate, displayname. One whose password is null does not exist',
  allowed: '{"NAME": {"password": "...", "is_admin": true}}',
  secret: true,
  read,
})
